import { and, count, eq, sql } from 'drizzle-orm'
import type { Query, Statement } from '../../atomically.ts'
import {
  answerCounts,
  arrivalDays,
  comments,
  endorsedClauses,
  endorsements,
  points,
  responseComments,
  responseCounts,
  responses,
  splits,
} from '../../schema/index.ts'
import {
  type AnswerCell,
  type ClauseCell,
  type DayCell,
  isAnswered,
  isParted,
  type ReachedCell,
  standing,
} from './office-counters.ts'
import type { WrongOfficeCount } from './recount.ts'

/** The statements that set one of these counters to what its rows say; its row is held first, as by `mendCounts`. */
export function mendOfficeCount(tx: Query, wrong: WrongOfficeCount): Statement[] {
  switch (wrong.counter) {
    case 'days':
      return mendDay(tx, wrong.cell)
    case 'clauses':
      return mendClause(tx, wrong.cell)
    case 'answers':
      return mendAnswers(tx, wrong.cell)
    case 'reached':
      return mendReached(tx, wrong.cell)
  }
}

function mendDay(tx: Query, cell: DayCell) {
  const { consultationId, day } = arrivalDays
  const counted = tx
    .select({ count: count() })
    .from(comments)
    .where(and(eq(comments.consultationId, cell.consultationId), eq(comments.createdDay, cell.day)))
  return [
    tx
      .insert(arrivalDays)
      .values({ ...cell, comments: 0 })
      .onConflictDoUpdate({
        target: [consultationId, day],
        set: { comments: sql`${arrivalDays.comments}` },
      }),
    tx
      .update(arrivalDays)
      .set({ comments: sql`${counted}` })
      .where(and(eq(consultationId, cell.consultationId), eq(day, cell.day))),
  ]
}

function mendClause(tx: Query, cell: ClauseCell) {
  const { consultationId, clause } = endorsedClauses
  const counted = tx
    .select({ count: count() })
    .from(endorsements)
    .innerJoin(comments, eq(comments.id, endorsements.commentId))
    .where(and(eq(comments.consultationId, cell.consultationId), eq(comments.clause, cell.clause), standing))
  return [
    tx
      .insert(endorsedClauses)
      .values({ ...cell, count: 0 })
      .onConflictDoUpdate({
        target: [consultationId, clause],
        set: { count: sql`${endorsedClauses.count}` },
      }),
    tx
      .update(endorsedClauses)
      .set({ count: sql`${counted}` })
      .where(and(eq(consultationId, cell.consultationId), eq(clause, cell.clause))),
  ]
}

function mendAnswers(tx: Query, cell: AnswerCell) {
  const { consultationId, clause, outcome } = answerCounts
  const counted = tx
    .select({ count: count() })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(
      and(
        eq(responses.consultationId, cell.consultationId),
        eq(responses.outcome, cell.outcome),
        eq(comments.clause, cell.clause),
        isAnswered,
      ),
    )
  const parted = tx
    .select({ count: count() })
    .from(splits)
    .innerJoin(comments, eq(comments.id, splits.commentId))
    .where(
      and(
        eq(splits.consultationId, cell.consultationId),
        eq(splits.outcome, cell.outcome),
        eq(comments.clause, cell.clause),
        isParted,
      ),
    )
  return [
    tx
      .insert(answerCounts)
      .values({ ...cell, count: 0 })
      .onConflictDoUpdate({
        target: [consultationId, clause, outcome],
        set: { count: sql`${answerCounts.count}` },
      }),
    tx
      .update(answerCounts)
      .set({ count: sql`(${counted}) + (${parted})` })
      .where(
        and(eq(consultationId, cell.consultationId), eq(clause, cell.clause), eq(outcome, cell.outcome)),
      ),
  ]
}

function mendReached(tx: Query, cell: ReachedCell) {
  const { responseId, clause } = responseCounts
  const whole = tx
    .select({ count: count() })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(and(eq(responses.id, cell.responseId), eq(comments.clause, cell.clause), isAnswered))
  const parts = tx
    .select({ count: count() })
    .from(points)
    .innerJoin(responses, eq(responses.id, points.responseId))
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(
      and(
        eq(responses.id, cell.responseId),
        eq(points.clause, cell.clause),
        eq(points.kind, 'point'),
        isAnswered,
      ),
    )
  return [
    tx
      .insert(responseCounts)
      .values({ ...cell, count: 0 })
      .onConflictDoUpdate({
        target: [responseId, clause],
        set: { count: sql`${responseCounts.count}` },
      }),
    tx
      .update(responseCounts)
      .set({ count: sql`(${whole}) + (${parts})` })
      .where(and(eq(responseId, cell.responseId), eq(clause, cell.clause))),
  ]
}
