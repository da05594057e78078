import type { FastifyRequest } from 'fastify'
import { departmentsOf } from '../../../db/queries/answers/departments.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { copiesWithoutPoints } from '../../../db/queries/points/inheriting.ts'
import {
  commentToSplit,
  countOpenLetters,
  openLetters,
  type SplitComment,
} from '../../../db/queries/points/splits.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { identityNames, nameOf, stanceNames, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { needsSecond, overlap, type Point, pointPieces, type Span } from '../../rules/points/arrangement.ts'
import { noProposalReasons, splitStateNames } from '../../rules/points/points.ts'
import type { FieldError } from '../../rules/typed.ts'
import { letterSentences } from '../../text/cutting/letter-sentences.ts'
import { type ProposedCut, proposedCuts } from '../../text/cutting/proposed-cuts.ts'
import { isDisagreeing } from '../../text/cutting/proposed-stance.ts'
import { mayWrite } from '../consultation.ts'

/** A sentence to tick, by its place among the sentences; one that a point parts is shown with the piece it begins in. */
interface ShownSentence {
  place: number
  /** Where its words begin in the letter, in code points. */
  at: number
  text: string
  /** A line of the letter ends behind it. */
  endsLine: boolean
}

/** A point, or a passage that asks for nothing, as it stands in the margin. */
interface ShownPart extends Point {
  /** null for a passage. */
  number: number | null
  clauseName: string
  stanceName: string
  isSettled: boolean
  isObjected: boolean
  /** A second person has still to agree that it asks for nothing; `mine` where the reader marked it. */
  confirmation: 'mine' | 'others' | null
}

/** A piece of the letter with what stands beside it: its point, or what is proposed for it, or nothing yet. */
interface SplitRow {
  sentences: ShownSentence[]
  point: ShownPart | null
  proposed: (ProposedCut & { clauseName: string }) | null
  isBlank: boolean
}

export interface SplitPage {
  consultation: Consultation
  comment: Omit<SplitComment, 'split'> & {
    clauseName: string
    author: string
    time: string
    stanceName: string
  }
  address: string
  revision: number
  stateName: string
  rows: SplitRow[]
  /** Its author ticked 赞成, and the words ask for a change: whoever reads it decides. */
  isDisagreeing: boolean
  /** Points, sentences without account, proposals for them. */
  counted: number
  uncovered: number
  proposals: number
  canUndo: boolean
  open: number
  /** Copies of it that have no points yet: the same to the letter, and others. */
  copies: { identical: number; near: number }
  /** The longest other one that is open. */
  next: string | null
  mayWrite: boolean
  clauses: [key: string, name: string][]
  stances: [key: string, name: string][]
  themes: [key: string, name: string][]
  departments: [key: string, name: string][]
  reasons: [key: string, name: string][]
  typed: { clause: string; stance: string; theme: string; department: string; reason: string }
  errors: FieldError[]
}

/** An address under /office/:slug/splits/:comment. */
export interface OfSplit {
  Params: { comment: string }
}

/** The comment that the address names, with all that is needed to part it. */
export interface AskedSplit {
  comment: SplitComment
  clauses: readonly OrderedClause[]
  sentences: Span[]
}

/** @throws PageError 404 where no comment of this id is admitted in this consultation */
export async function splitAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfSplit>,
): Promise<AskedSplit> {
  const [comment, clauses] = await Promise.all([
    commentToSplit(db, consultation.id, params.comment),
    orderedClauses(db, consultation.id),
  ])
  if (!comment) throw notFound()
  return { comment, clauses, sentences: letterSentences(comment.body) }
}

export function splitAddress({ slug }: Consultation, { publicId }: Pick<SplitComment, 'publicId'>): string {
  return `/office/${slug}/splits/${publicId}`
}

/** What is proposed for all of a letter that no point covers. */
export function openCuts({ comment, clauses }: AskedSplit): ProposedCut[] {
  const { arrangement } = comment.split
  return proposedCuts(comment.body, clauses).filter(
    (cut) => !arrangement.some((point) => overlap(point, cut)),
  )
}

/** The page of a letter that is being parted, with nothing typed in its forms. */
export async function splitPage(
  { db }: Dependencies,
  request: FastifyRequest,
  asked: AskedSplit,
): Promise<SplitPage> {
  const { consultation } = request
  const { comment, clauses } = asked
  const { split, ...said } = comment
  const [themes, departments, open, longest, copies] = await Promise.all([
    themesOf(db, consultation.id),
    departmentsOf(db, consultation.id),
    countOpenLetters(db, consultation.id),
    openLetters(db, consultation.id, { after: null, limit: 2 }),
    split.state === 'split' ? copiesWithoutPoints(db, comment.id) : { identical: 0, near: 0 },
  ])
  const next = longest.find(({ publicId }) => publicId !== comment.publicId)
  const names = new Map([
    [wholeDraft, wholeDraftName],
    ...clauses.map(({ key, name }) => [key, name] as const),
  ])
  const cuts = openCuts(asked)
  const rows = rowsOf(asked, cuts, names, memberOf(request).id)
  return {
    consultation,
    comment: {
      ...said,
      clauseName: nameIn(names, comment.clause),
      author: `${comment.maskedName ?? '未署名'}（${nameOf(identityNames, comment.identity)}）`,
      time: shanghaiMinute(comment.createdAt),
      stanceName: nameOf(stanceNames, comment.stance),
    },
    address: splitAddress(consultation, comment),
    revision: split.revision,
    stateName: nameOf({ ...splitStateNames, untouched: '未拆分' }, split.state),
    rows,
    counted: split.arrangement.filter(({ kind }) => kind === 'point').length,
    uncovered: rows.reduce((sum, row) => sum + (row.point ? 0 : row.sentences.length), 0),
    proposals: cuts.length,
    isDisagreeing: comment.stance === 'support' && isDisagreeing(comment.body),
    canUndo: split.before !== null,
    open,
    copies,
    next: next ? splitAddress(consultation, next) : null,
    mayWrite: mayWrite(request),
    clauses: [...names],
    stances: Object.entries(stanceNames),
    themes: themes.map(({ id, name }) => [id, name]),
    departments: departments.map(({ id, name }) => [id, name]),
    reasons: Object.entries(noProposalReasons),
    typed: { clause: comment.clause, stance: comment.stance, theme: '', department: '', reason: '' },
    errors: [],
  }
}

function rowsOf(
  { comment, sentences }: AskedSplit,
  cuts: readonly ProposedCut[],
  names: ReadonlyMap<string, string>,
  reader: string,
): SplitRow[] {
  const { arrangement, settled, marks } = comment.split
  const length = [...comment.body].length
  const spans: Span[] = [...arrangement, ...cuts]
  const pieces = pointPieces(
    comment.body,
    spans.sort((a, b) => a.start - b.start),
  )
  let [start, number] = [0, 0]
  return pieces.map(({ text, point }) => {
    const row = { start, text, end: start + [...text].length }
    start = row.end
    const cut = cuts.find((one) => one === point) ?? null
    const own = cut ? null : (arrangement.find((one) => one === point) ?? null)
    return {
      sentences: sentencesIn(row, sentences),
      point: own && {
        ...own,
        number: own.kind === 'point' ? ++number : null,
        clauseName: nameIn(names, own.clause),
        stanceName: nameOf(stanceNames, own.stance),
        isSettled: settled.has(own.id),
        isObjected: marks.get(own.id)?.isObjected ?? false,
        confirmation:
          own.confirmedBy || !needsSecond(own, length)
            ? null
            : marks.get(own.id)?.by === reader
              ? 'mine'
              : 'others',
      },
      proposed: cut && { ...cut, clauseName: nameIn(names, cut.clause ?? comment.clause) },
      isBlank: text.trim() === '',
    }
  })
}

function sentencesIn(
  { start, end, text }: Span & { text: string },
  sentences: readonly Span[],
): ShownSentence[] {
  const characters = [...text]
  return sentences.flatMap((sentence, place) => {
    if (!overlap(sentence, { start, end })) return []
    const [from, to] = [Math.max(sentence.start, start), Math.min(sentence.end, end)]
    const said = characters.slice(from - start, to - start).join('')
    const words = said.trim()
    const at = from + [...said.slice(0, said.length - said.trimStart().length)].length
    return words === '' ? [] : [{ place, at, text: words, endsLine: /[\n\r]\s*$/.test(said) }]
  })
}

function nameIn(names: ReadonlyMap<string, string>, key: string): string {
  return names.get(key) ?? key
}
