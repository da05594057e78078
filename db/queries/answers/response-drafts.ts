import { sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { answerFact, answerStateFact } from '../../../server/rules/evidence/office-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { comments, points, responseComments, responses } from '../../schema/index.ts'
import { refreshSplits } from '../points/split-standing.ts'
import { keepVersion } from '../versions/office-versions.ts'
import {
  type AnswerTarget,
  besideThem,
  campaignOf,
  unansweredComments,
  unansweredPoints,
} from './answer-targets.ts'
import type { Answer } from './responses.ts'

/**
 * Drafts one answer to all points of a target that were admitted and have none; those that have one keep it. Where
 * the target is a whole campaign, copies of it that are admitted later come under the answer too, and where it is a concern,
 * points that are gathered into it later.
 * @returns the response's id
 * @throws Refused where there is nothing to answer
 */
export async function draftResponse(
  db: Database,
  consultationId: string,
  target: AnswerTarget,
  answer: Answer,
  act: Act,
): Promise<string> {
  const id = uuid()
  const row = {
    id,
    consultationId,
    ...answer,
    campaignId: campaignOf(target),
    concernId: target.kind === 'concern' ? target.id : null,
    state: 'draft',
    draftedBy: act.staffId,
    createdAt: act.now,
  }
  const beside = besideThem(target)
  await db.atomically((tx) => [
    attests(tx.insert(responses).values(row), act.now, answerFact(row), answerStateFact(row)),
    must('stale', reaching(tx, consultationId, target, id)),
    ...(beside ? [reaching(tx, consultationId, beside, id)] : []),
    ...refreshSplits(tx, { response: id }),
    ...keepVersion(tx, { consultationId, kind: 'answer', row: id }, { opened: 0, said: { ...answer } }, act),
    logAct(tx, act, 'response.draft', id),
  ])
  return id
}

/** The statement that puts what a target reaches under an answer. */
function reaching(
  tx: Query,
  consultationId: string,
  target: AnswerTarget,
  responseId: string,
): Statement<unknown[]> {
  if (target.kind === 'points' || target.kind === 'concern')
    return tx
      .update(points)
      .set({ responseId })
      .where(unansweredPoints(tx, consultationId, target))
      .returning({ id: points.id })
  return tx
    .insert(responseComments)
    .select(
      tx
        .select({ commentId: comments.id, responseId: sql<string>`${responseId}`.as('response_id') })
        .from(comments)
        .where(unansweredComments(tx, consultationId, target)),
    )
    .onConflictDoNothing()
    .returning({ commentId: responseComments.commentId })
}
