import type { FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { copiesWithoutPoints } from '../../../db/queries/points/inheriting.ts'
import { countOpenLetters, openLetters, type SplitComment } from '../../../db/queries/points/splits.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { identityNames, nameOf, stanceNames } from '../../rules/names.ts'
import { saysNothing } from '../../rules/points/arrangement.ts'
import { noProposalReasons, splitStateNames } from '../../rules/points/points.ts'
import type { FieldError } from '../../rules/typed.ts'
import { isDisagreeing } from '../../text/cutting/proposed-stance.ts'
import { mayWrite } from '../consultation.ts'
import { type AskedSplit, openCuts, splitAddress } from './asked-split.ts'
import { namesOf } from './known-things.ts'
import { nameIn, rowsOf, type SplitRow } from './split-rows.ts'

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

/** The page of a letter that is being parted, with nothing typed in its forms. */
export async function splitPage(
  { db }: Dependencies,
  request: FastifyRequest,
  asked: AskedSplit,
): Promise<SplitPage> {
  const { consultation } = request
  const { comment, known } = asked
  const { split, ...said } = comment
  const [open, longest, copies] = await Promise.all([
    countOpenLetters(db, consultation.id),
    openLetters(db, consultation.id, { after: null, limit: 2 }),
    split.state === 'split' ? copiesWithoutPoints(db, comment.id) : { identical: 0, near: 0 },
  ])
  const next = longest.find(({ publicId }) => publicId !== comment.publicId)
  const names = new Map([...known.clauses].map(([key, { name }]) => [key, name]))
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
    uncovered: rows.reduce(
      (sum, row) => sum + (row.point ? 0 : row.sentences.filter(({ text }) => !saysNothing(text)).length),
      0,
    ),
    proposals: cuts.length,
    isDisagreeing: comment.stance === 'support' && isDisagreeing(comment.body),
    canUndo: split.before !== null,
    open,
    copies,
    next: next ? splitAddress(consultation, next) : null,
    mayWrite: mayWrite(request),
    clauses: [...names],
    stances: Object.entries(stanceNames),
    themes: [...known.themes],
    departments: namesOf(
      known,
      split.arrangement.map(({ departmentId }) => departmentId),
    ).departments,
    reasons: Object.entries(noProposalReasons),
    typed: { clause: comment.clause, stance: comment.stance, theme: '', department: '', reason: '' },
    errors: [],
  }
}
