import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../db/queries/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../db/queries/ordered-clauses.ts'
import { commentsInOrder, everything, type ReadComment } from '../../db/queries/reading.ts'
import { commentsBehind, revisedWordingsOf, rewordClause } from '../../db/queries/revised-wordings.ts'
import { addStaffNote, type StaffNote, staffNotesOn } from '../../db/queries/staff-notes.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf } from '../plugins/roles.ts'
import { nameOf, proposalNames } from '../rules/names.ts'
import { admittedStates } from '../rules/responses.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { type FieldError, textProblem, typedText } from '../rules/typed.ts'
import { type Difference, differences } from '../text/differences.ts'
import { proposedDifference } from '../text/proposed-difference.ts'
import { consultationOf } from './consultation.ts'
import { pickedComments } from './response-target.ts'

interface Proposal {
  id: string
  author: string
  body: string
  /** 修改, 删除 or 在其后增加 */
  kind: string
  /** What it would change, piece by piece. */
  pieces: Difference[]
  chosen: boolean
  /** 附议, in 人次; nobody is verified. */
  endorsements: number
}

interface ClauseBoard {
  consultation: Consultation
  clause: OrderedClause
  address: string
  reading: string
  proposals: Proposal[]
  revised: { pieces: Difference[]; reason: string; time: string } | null
  typed: { text: string; reason: string }
  notes: (Omit<StaffNote, 'createdAt'> & { time: string })[]
  note: string
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/clause-board': ClauseBoard
  }
}

const longestClause = 10_000
const mostProposals = 200

/** GET /office/:slug/clauses/:clause: the clause, the wordings proposed for it, its revised wording, and notes. */
export function clauseBoard(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/clause-board', await boardOf(deps, request))
}

/** POST …/wording: the clause as the office now words it, with the comments that led to it. */
export function clauseWording(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, now } = deps
    const board = await boardOf(deps, request)
    const typed = { text: typedText(request.body, 'text'), reason: typedText(request.body, 'reason') }
    const errors = [
      {
        field: 'text',
        message: textProblem(typed.text, { name: '修改后的条款', required: true, most: longestClause }),
      },
      { field: 'reason', message: textProblem(typed.reason, { name: '说明', required: true, most: 1000 }) },
    ].flatMap(({ field, message }) => (message ? [{ field, message }] : []))
    if (errors.length > 0) return reply.code(422).page('office/clause-board', { ...board, typed, errors })
    const wording = { clause: board.clause.key, round: board.clause.round, ...typed }
    const picked = pickedComments(request.body)
    await rewordClause(db, board.consultation.id, wording, picked, memberOf(request).id, now())
    return reply.redirect(board.address, 303)
  }
}

/** POST …/notes: what staff tell one another; it never leaves the office. */
export function clauseNote(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, now } = deps
    const board = await boardOf(deps, request)
    const note = typedText(request.body, 'note')
    const problem = textProblem(note, { name: '内部备注', required: true, most: 2000 })
    if (problem) {
      return reply
        .code(422)
        .page('office/clause-board', { ...board, note, errors: [{ field: 'note', message: problem }] })
    }
    await addStaffNote(db, board.consultation.id, board.clause.key, note, memberOf(request).id, now())
    return reply.redirect(`${board.address}#notes`, 303)
  }
}

async function boardOf({ db }: Dependencies, request: FastifyRequest): Promise<ClauseBoard> {
  const consultation = consultationOf(request)
  const key: unknown = Reflect.get(Object(request.params), 'clause')
  const clause = (await orderedClauses(db, consultation.id)).find((one) => one.key === key)
  if (!clause) throw notFound()
  const [comments, wordings, notes] = await Promise.all([
    proposing(db, consultation.id, clause.key),
    revisedWordingsOf(db, consultation.id),
    staffNotesOn(db, consultation.id, clause.key),
  ])
  const revised = wordings.find((wording) => wording.clause === clause.key) ?? null
  const behind = revised ? await commentsBehind(db, revised.id) : []
  return {
    consultation,
    clause,
    address: `/office/${consultation.slug}/clauses/${clause.key}`,
    reading: `/office/${consultation.slug}/comments?clause=${clause.key}`,
    proposals: comments.map((comment) => ({
      id: comment.id,
      author: comment.maskedName ?? '未署名',
      body: comment.body,
      pieces: proposedDifference(clause.text, comment),
      kind: nameOf(proposalNames, comment.proposal ?? ''),
      chosen: behind.includes(comment.id),
      endorsements: comment.endorsements,
    })),
    revised: revised && {
      pieces: differences(clause.text, revised.text),
      reason: revised.reason,
      time: shanghaiMinute(revised.updatedAt),
    },
    typed: { text: revised?.text ?? clause.text, reason: revised?.reason ?? '' },
    notes: notes.map(({ createdAt, ...note }) => ({ ...note, time: shanghaiMinute(createdAt) })),
    note: '',
    errors: [],
  }
}

/** The admitted comments that propose a wording for the clause, as they came in. */
async function proposing(
  db: Dependencies['db'],
  consultationId: string,
  clause: string,
): Promise<ReadComment[]> {
  const admitted: readonly string[] = admittedStates
  const comments = await commentsInOrder(db, consultationId, [clause], everything, null, 5 * mostProposals)
  return comments
    .filter(({ proposal, state }) => proposal !== null && admitted.includes(state))
    .slice(0, mostProposals)
}
