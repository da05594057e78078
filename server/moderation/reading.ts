import type { FastifyRequest } from 'fastify'
import { type Claim, claimOn } from '../../db/queries/moderation/claims.ts'
import { type CommentToJudge, commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { decisionsOn } from '../../db/queries/moderation/decisions.ts'
import { type Examination, examinationOf } from '../../db/queries/moderation/examinations.ts'
import { type DueDecision, dueDecisionOn } from '../../db/queries/moderation/kept-decisions.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberWith } from '../plugins/roles.ts'
import type { Reason } from '../rules/moderation/reasons.ts'
import { type Hearing, hearingOf } from './appeals.ts'

/** What a request reads of the comment that is open, each thing once. */
export interface Reading {
  comment: CommentToJudge
  hearing: Hearing
  claim: Claim | null
  /** What was decided on it and has not taken effect; null where nothing was. */
  due: DueDecision | null
  examination: Examination
  /** Every decision on it, the newest first. */
  decisions: Awaited<ReturnType<typeof decisionsOn>>
  reasons: Reason[]
}

/**
 * Reads a comment for who may open it.
 * @param known what the request has read of it and not written since
 * @throws PageError 404, 403
 */
export async function readingOf(
  deps: Dependencies,
  request: FastifyRequest,
  publicId: string,
  known: Partial<Reading> = {},
): Promise<Reading> {
  const { db, seals, now } = deps
  const comment = known.comment ?? (await commentToJudge(db, publicId))
  if (!comment) throw notFound()
  const member = memberWith(request, comment.consultationId, 'moderator', 'approver', 'auditor')
  const [hearing, claim, due, examination, decisions, reasons] = await Promise.all([
    known.hearing ?? hearingOf(deps, comment, member),
    known.claim === undefined ? claimOn(db, comment.id, now()) : known.claim,
    known.due === undefined ? dueDecisionOn(db, seals, comment.id) : known.due,
    known.examination ?? examinationOf(db, seals, comment),
    known.decisions ?? decisionsOn(db, comment.id),
    known.reasons ?? currentReasons(db),
  ])
  return { comment, hearing, claim, due, examination, decisions, reasons }
}
