import { stanceNames, wholeDraft } from '../../rules/names.ts'
import { emptyComment, type TypedComment } from '../../rules/submissions/comment-form.ts'
import { trimBlanks, withoutBlanks } from '../../text/outlining/blanks.ts'
import { printUnit } from '../../text/outlining/print.ts'
import { besidesTicks, type TickWord, ticked } from '../../text/words/ticks.ts'
import { clauseOpening, isOpening } from './clause-opening.ts'
import { readQuote } from './feedback-form-words.ts'
import type { FilledRow } from './filled-form.ts'
import type { FormNote, FormNoteKind } from './form-note.ts'
import { type FormUnit, UnitIndex } from './form-units.ts'

const stances: TickWord<keyof typeof stanceNames>[] = [
  { value: 'support', sounds: /不反对|没有异议|无异议/ },
  { value: 'oppose', sounds: /不赞成|不同意|不赞同|不支持|反对/ },
  { value: 'support', sounds: /赞成|赞同|同意|支持/ },
  { value: 'amend', sounds: /修改(?:建议|意见)?|建议/ },
  { value: 'question', sounds: /疑问|咨询|询问/ },
]
const nothing = /^(?:无|无意见|没有意见|没意见|暂无|[/／—-]+)?[。.]?$/u

/** Nothing that a clause is called is longer; what stands in its cell was not always put there in good faith. */
const longestName = 200

interface RowComment {
  comment: TypedComment
  /** What its clause is called. */
  name: string
}

/** Makes comments of the rows of a filled form, and notes what it could not take as it stands. */
export class CommentReader {
  readonly comments: RowComment[] = []
  readonly notes: FormNote[] = []
  private readonly index: UnitIndex
  private readonly current: ReadonlySet<string>
  private above: FilledRow | null = null

  /**
   * @param units of the round that the form was made for
   * @param current the keys of the clauses that may be commented on now
   */
  constructor(units: FormUnit[], current: ReadonlySet<string>) {
    this.index = new UnitIndex(units)
    this.current = current
  }

  add(written: FilledRow): void {
    const row = this.withClause(written)
    const unit = this.index.find(row)
    const name = unit?.name ?? (nameIn(row.clause) || trimBlanks(row.original).slice(0, 30))
    const note = (kind: FormNoteKind, text: string) => this.notes.push({ kind, clause: name || null, text })

    const chosen = ticked(row.stance, stances)
    const words = besidesTicks(row.stance, stances)
    if (words) note('stanceWords', words)
    const edited = unit && editedOriginal(written.original, unit)
    if (chosen.length === 0 && !edited && isNothing(row.body) && isNothing(row.wording)) return
    if (chosen.length > 1) note('stances', chosen.map((stance) => stanceNames[stance]).join('、'))

    const isThere = unit !== null && (unit.key === wholeDraft || this.current.has(unit.key))
    const { quote, rest } = readQuote(trimBlanks(row.body))
    const isQuoted = isThere && quote !== '' && unit.text.includes(quote)
    const comment: TypedComment = {
      ...emptyComment(isThere ? unit.key : wholeDraft),
      stance: chosen.length === 1 ? (chosen[0] ?? '') : '',
      body: (isThere || !name ? '' : `（关于${name}）`) + (isQuoted ? rest : trimBlanks(row.body)),
      quote: isQuoted ? quote : '',
      ...proposalIn(row.wording),
    }
    if (!isThere && name) note('moved', comment.body)
    if (edited && comment.proposal === '' && !isOpening(edited)) {
      Object.assign(comment, { proposal: 'amend', wording: edited })
      note('edited', edited)
    } else if (edited) note('original', edited)
    this.comments.push({ comment, name })
  }

  /** A row without a clause of its own, as one has that was added or whose cells were merged, is about the one above. */
  private withClause(row: FilledRow): FilledRow {
    if (withoutBlanks(row.clause + row.original) === '' && this.above) {
      return { ...row, clause: this.above.clause, original: this.above.original }
    }
    this.above = row
    return row
  }
}

function isNothing(cell: string): boolean {
  return nothing.test(withoutBlanks(cell))
}

/** 删除 and 在其后增加：… are said in the column of wordings; anything else there takes the clause's place. */
function proposalIn(cell: string): Pick<TypedComment, 'proposal' | 'wording'> {
  if (isNothing(cell)) return { proposal: '', wording: '' }
  if (/^(?:建议)?(?:删除|删去)(?:本条|该条|此条|整条|全条|这一条)?[。.]?$/u.test(withoutBlanks(cell))) {
    return { proposal: 'delete', wording: '' }
  }
  const text = trimBlanks(cell)
  const [, added] = /^(?:建议)?在(?:其|此|本条)(?:之)?后面?(?:增加|新增)[:：]?\s*(.+)$/su.exec(text) ?? []
  return added ? { proposal: 'insert_after', wording: added } : { proposal: 'amend', wording: text }
}

/** The clause as somebody changed it in the column that only prints it; null where it is as it was. */
function editedOriginal(original: string, unit: FormUnit): string | null {
  const written = plain(original)
  const isAsPrinted = [printUnit(unit), unit.text, clauseOpening(unit), ''].some(
    (text) => plain(text) === written,
  )
  if (isAsPrinted || unit.kind === 'table' || unit.key === wholeDraft) return null
  const text = trimBlanks(original)
  return unit.label && text.startsWith(unit.label) ? trimBlanks(text.slice(unit.label.length)) : text
}

/** Word and WPS change quotation marks and widths of their own accord. */
function plain(text: string): string {
  return withoutBlanks(text.normalize('NFKC')).replace(/[“”„]/g, '"').replace(/[‘’]/g, "'")
}

/** 二、（一） without the key below it. */
function nameIn(cell: string): string {
  return trimBlanks(cell.slice(0, longestName).replace(/〔[^〕]{0,60}〕/gu, '')).replace(/\s+/gu, ' ')
}
