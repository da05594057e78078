import { and, count, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Query, Statement } from '../../atomically.ts'
import {
  answerCounts,
  comments,
  concerns,
  pointCounts,
  points,
  responses,
  splits,
} from '../../schema/index.ts'
import { addedToAnswers, times } from '../comments/answer-counts.ts'
import type { Meant } from '../comments/answered.ts'
import { isAdmitted, ofPoint, ofSplit, refreshSplits } from './split-standing.ts'

/** The statement after which nobody else changes the points of these comments before the list ends, and who saw them before has seen something else. */
export function holdSplits(tx: Query, meant: Meant): Statement {
  return tx
    .update(splits)
    .set({ revision: sql`${splits.revision} + 1` })
    .where(ofSplit(tx, meant))
}

/** The statements that bring up to date what follows from these comments, their points and answers, and count it. */
export function countSplits(tx: Query, meant: Meant): Statement[] {
  return [...refreshSplits(tx, meant), ...added(tx, meant, isAdmitted, 1)]
}

/** The statements that take back what {@link countSplits} counted, where it would count it now. */
export function uncountSplits(tx: Query, meant: Meant): Statement[] {
  return added(tx, meant, isAdmitted, -1)
}

/** The same for a comment that was admitted until this list changed its state. */
export function uncountSplitLeaving(tx: Query, comment: string, stateBefore: string): Statement[] {
  const admitted: readonly string[] = admittedStates
  if (!admitted.includes(stateBefore)) return []
  const meant = { comments: [comment] }
  return [...added(tx, meant, undefined, -1), ...refreshSplits(tx, meant)]
}

/** Empty for a comment of which not every point has an approved answer. */
export const splitOutcome = sql<string>`coalesce(${splits.outcome}, '')`

/** In one order always: two lists that lock the same rows in different orders would wait for one another on PostgreSQL. */
function added(tx: Query, meant: Meant, condition: SQL | undefined, by: 1 | -1): Statement[] {
  const sign = sql.raw(String(by))
  const { consultationId, clause, outcome } = answerCounts
  const cell = {
    consultationId: splits.consultationId,
    clause: comments.clause,
    outcome: splitOutcome.as('outcome'),
  }
  const commentsOf = (answered?: SQL) =>
    and(ofSplit(tx, meant), eq(splits.state, 'split'), condition, answered)
  return [
    tx
      .insert(answerCounts)
      .select(
        tx
          .select({ ...cell, count: sql<number>`${sign} * count(*)`.as('count') })
          .from(splits)
          .innerJoin(comments, eq(comments.id, splits.commentId))
          .where(commentsOf(isNotNull(splits.outcome)))
          .groupBy(cell.consultationId, cell.clause, splits.outcome)
          .orderBy(cell.clause, splits.outcome),
      )
      .onConflictDoUpdate({
        target: [consultationId, clause, outcome],
        set: { count: sql`${answerCounts.count} + excluded.count` },
      }),
    addedPoints(
      tx,
      tx
        .select({
          consultationId: cell.consultationId,
          clause: cell.clause,
          stance: comments.stance,
          outcome: cell.outcome,
          points: sql<number>`0`.as('points'),
          comments: sql<number>`${sign} * count(*)`.as('comments'),
        })
        .from(splits)
        .innerJoin(comments, eq(comments.id, splits.commentId))
        .where(commentsOf())
        .groupBy(cell.consultationId, cell.clause, comments.stance, splits.outcome)
        .orderBy(cell.clause, comments.stance, splits.outcome),
    ),
    addedPoints(
      tx,
      tx
        .select({
          consultationId: points.consultationId,
          clause: points.clause,
          stance: points.stance,
          outcome: approvedOutcome.as('outcome'),
          points: sql<number>`${sign} * count(*)`.as('points'),
          comments: sql<number>`0`.as('comments'),
        })
        .from(points)
        .innerJoin(comments, eq(comments.id, points.commentId))
        .leftJoin(responses, eq(responses.id, points.responseId))
        .where(and(ofPoint(tx, meant), eq(points.kind, 'point'), condition))
        .groupBy(points.consultationId, points.clause, points.stance, approvedOutcome)
        .orderBy(points.clause, points.stance, approvedOutcome),
    ),
    addedToAnswers(
      tx,
      tx
        .select({ responseId: responses.id, clause: points.clause, count: times(by, sql`count(*)`) })
        .from(points)
        .innerJoin(comments, eq(comments.id, points.commentId))
        .innerJoin(responses, eq(responses.id, points.responseId))
        .where(and(ofPoint(tx, meant), eq(points.kind, 'point'), eq(responses.state, 'approved'), condition))
        .groupBy(responses.id, points.clause)
        .orderBy(responses.id, points.clause),
    ),
    ...addedToConcerns(tx, meant, condition, by),
  ]
}

/** Empty for a point without an approved answer. */
export const approvedOutcome = sql<string>`case when ${responses.state} = 'approved' then ${responses.outcome} else '' end`

function addedPoints(
  tx: Query,
  counted: Parameters<ReturnType<ReturnType<typeof pointsInto>>['select']>[0],
): Statement {
  const { consultationId, clause, stance, outcome } = pointCounts
  return pointsInto(tx)()
    .select(counted)
    .onConflictDoUpdate({
      target: [consultationId, clause, stance, outcome],
      set: {
        points: sql`${pointCounts.points} + excluded.points`,
        comments: sql`${pointCounts.comments} + excluded.comments`,
      },
    })
}

function pointsInto(tx: Query) {
  return () => tx.insert(pointCounts)
}

function addedToConcerns(tx: Query, meant: Meant, condition: SQL | undefined, by: 1 | -1): Statement[] {
  const mine = tx
    .select({ count: count() })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(eq(points.concernId, concerns.id), ofPoint(tx, meant), condition))
  const theirs = tx
    .select({ id: points.concernId })
    .from(points)
    .where(and(ofPoint(tx, meant), isNotNull(points.concernId)))
  return [
    tx
      .update(concerns)
      .set({ count: sql`${concerns.count} + ${sql.raw(String(by))} * (${mine})` })
      .where(inArray(concerns.id, theirs)),
  ]
}
