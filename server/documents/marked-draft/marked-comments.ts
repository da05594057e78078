import { wholeDraft } from '../../rules/names.ts'
import { emptyComment, longestBody, type TypedComment } from '../../rules/submissions/comment-form.ts'
import { trimBlanks } from '../../text/outlining/blanks.ts'
import type { FormNote } from '../feedback-form/form-note.ts'
import type { FormUnit } from '../feedback-form/form-units.ts'
import type { MarkedDraft } from './marked-draft.ts'
import { type MarkedPiece, textsOf } from './marked-paragraphs.ts'
import { MarkedUnits } from './marked-units.ts'

interface Read {
  comments: TypedComment[]
  /** What could not be placed, as it was written. */
  notes: FormNote[]
}

/**
 * Makes comments of what somebody has marked in a copy of the draft. The changes in a clause are one proposal, with the
 * comments on them as its reason; every other comment is one of its own, quoting what it stands on.
 * @param current the keys of the clauses that may be commented on now
 */
export function commentsOfMarks(
  { paragraphs, comments }: MarkedDraft,
  units: FormUnit[],
  current: ReadonlySet<string>,
): Read {
  const index = new MarkedUnits(units)
  const read: Read = { comments: [], notes: [] }
  const told = new Set<string>()
  for (const pieces of paragraphs) {
    const { front, own, behind } = parted(pieces)
    const previous = index.before
    const isMarked = own.some(({ kind, comments: on }) => kind !== 'kept' || on.length > 0)
    const unit = index.find(textsOf(own).before, isMarked)
    const place = unit && current.has(unit.key) ? unit : null
    if (front) addNew(read, front, previous)
    addMarks(read, { pieces: own, unit: place, texts: comments, told })
    if (behind) addNew(read, behind, place)
  }
  for (const [id, text] of comments) {
    if (!told.has(id)) read.notes.push({ kind: 'unplaced', clause: null, text })
  }
  return read
}

/** Whole paragraphs that were written in before or behind what was there. */
function parted(pieces: readonly MarkedPiece[]): { front: string; own: MarkedPiece[]; behind: string } {
  const isOld = ({ kind }: MarkedPiece) => kind !== 'inserted'
  const isEnd = ({ kind, text }: MarkedPiece) => kind === 'inserted' && text === '\n'
  const firstOld = pieces.findIndex(isOld)
  const lastOld = pieces.findLastIndex(isOld)
  if (firstOld < 0) return { front: '', own: [], behind: textsOf(pieces).after }
  const frontEnd = pieces.slice(0, firstOld).findLastIndex(isEnd) + 1
  const behindAt = pieces.findIndex((piece, place) => place > lastOld && isEnd(piece))
  const end = behindAt < 0 ? pieces.length : behindAt
  return {
    front: textsOf(pieces.slice(0, frontEnd)).after.trim(),
    own: pieces.slice(frontEnd, end),
    behind: textsOf(pieces.slice(end)).after.trim(),
  }
}

function addNew(read: Read, text: string, unit: FormUnit | null): void {
  if (text === '') return
  if (unit) {
    const body = '建议在这一条之后增加内容，见修改后的表述。'
    read.comments.push({ ...amending(unit, body), proposal: 'insert_after', wording: text })
  } else read.notes.push({ kind: 'unplaced', clause: null, text })
}

interface Marks {
  pieces: readonly MarkedPiece[]
  unit: FormUnit | null
  texts: ReadonlyMap<string, string>
  told: Set<string>
}

function addMarks(read: Read, { pieces, unit, texts, told }: Marks): void {
  const isChange = ({ kind, text }: MarkedPiece) => kind !== 'kept' && text.trim() !== ''
  const ids = [...new Set(pieces.flatMap(({ comments }) => comments))].filter(
    (id) => texts.has(id) && !told.has(id),
  )
  const changes = pieces.filter(isChange)
  if (!unit) {
    if (changes.length > 0) read.notes.push({ kind: 'unplaced', clause: null, text: changesIn(pieces) })
    return
  }
  for (const id of ids) told.add(id)
  const reasons = ids.filter((id) => changes.some(({ comments }) => comments.includes(id)))
  const say = (id: string) => texts.get(id) ?? ''
  if (changes.length > 0) {
    const body = reasons.map(say).join('\n') || changesIn(pieces)
    read.comments.push({ ...amending(unit, body), ...proposed(pieces, unit) })
  }
  for (const id of ids.filter((one) => !reasons.includes(one))) {
    const on = pieces.filter(({ comments, kind }) => comments.includes(id) && kind !== 'inserted')
    const quote = trimBlanks(on.map(({ text }) => text).join(''))
    const isQuoted = quote !== '' && quote !== unit.text && unit.text.includes(quote)
    const stance = stanceIn(say(id))
    read.comments.push({ ...amending(unit, say(id)), stance, quote: isQuoted ? quote : '' })
  }
}

const shortest = 5

function amending({ key }: FormUnit, body: string): TypedComment {
  const said = [...body].length < shortest ? `批注内容：${body}` : body
  return {
    ...emptyComment(key === '' ? wholeDraft : key),
    stance: 'amend',
    body: [...said].slice(0, longestBody).join(''),
  }
}

/** The clause as it would read, without its number; nothing of it left is its deletion. */
function proposed(
  pieces: readonly MarkedPiece[],
  unit: FormUnit,
): Pick<TypedComment, 'proposal' | 'wording'> {
  const after = trimBlanks(textsOf(pieces).after)
  const wording =
    unit.label && after.startsWith(unit.label) ? trimBlanks(after.slice(unit.label.length)) : after
  if (wording === '') return { proposal: 'delete', wording: '' }
  // Of a table a cell was changed: that is no wording of the whole.
  return unit.kind === 'table' ? { proposal: '', wording: '' } : { proposal: 'amend', wording }
}

/** The changes in words: 将“补贴”改为“补助”；删去“原则上”；增加“和农户”. */
function changesIn(pieces: readonly MarkedPiece[]): string {
  const said: string[] = []
  let [deleted, inserted] = ['', '']
  const tell = () => {
    if (deleted && inserted) said.push(`将“${deleted}”改为“${inserted}”`)
    else if (deleted) said.push(`删去“${deleted}”`)
    else if (inserted) said.push(`增加“${inserted}”`)
    deleted = ''
    inserted = ''
  }
  for (const { kind, text } of pieces) {
    if (kind === 'deleted') deleted += text
    else if (kind === 'inserted') inserted += text
    else if (text !== '') tell()
  }
  tell()
  return `建议${said.join('；')}。`
}

function stanceIn(text: string): string {
  if (/[?？]\s*$/u.test(text)) return 'question'
  if (/^(?:不同意|反对|不赞成|不宜)/u.test(text)) return 'oppose'
  return /^(?:同意|赞成|支持|认可)/u.test(text) ? 'support' : 'amend'
}
