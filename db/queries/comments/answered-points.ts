import { and, eq, exists, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Reads } from '../../atomically.ts'
import { comments, points, responseComments, responses, splits } from '../../schema/index.ts'

/**
 * How many points an answer is for: comments that are one point, and points of those that were split. The columns are
 * named with their tables, which a statement that reads one table alone leaves out: `id` would be the point's.
 */
export const answeredPoints = sql<number>`(
  (select count(*) from ${responseComments} where ${responseComments}."response_id" = ${responses}."id")
  + (select count(*) from ${points} where ${points}."response_id" = ${responses}."id"))`.mapWith(Number)

/** The condition that all that a comment says has an answer, in whatever state. */
export function hasAnswer(tx: Pick<Reads, 'select'>): SQL | undefined {
  return or(exists(ownAnswer(tx)), exists(answersOfPoints(tx)))
}

/**
 * The condition that something that a comment says has none. Not NOT IN, for which PostgreSQL would read all answers again
 * for each comment once they outgrow its memory; nor NOT (… OR …), which it does not join.
 */
export function withoutAnswer(tx: Pick<Reads, 'select'>): SQL | undefined {
  return and(notExists(ownAnswer(tx)), notExists(answersOfPoints(tx)))
}

function ownAnswer(tx: Pick<Reads, 'select'>) {
  return tx.select({ one: sql`1` }).from(responseComments).where(eq(responseComments.commentId, comments.id))
}

function answersOfPoints(tx: Pick<Reads, 'select'>) {
  return tx
    .select({ one: sql`1` })
    .from(splits)
    .where(and(isParted(), eq(splits.unanswered, 0)))
}

/** The condition that a comment has points of its own, which are answered one by one. */
export function hasPoints(tx: Pick<Reads, 'select'>): SQL {
  return exists(tx.select({ one: sql`1` }).from(splits).where(isParted()))
}

/** The condition that a comment is a letter that nobody has parted (待梳理). */
export function waits(tx: Pick<Reads, 'select'>): SQL {
  return exists(
    tx
      .select({ one: sql`1` })
      .from(splits)
      .where(and(eq(splits.commentId, comments.id), eq(splits.state, 'waiting'))),
  )
}

function isParted(): SQL | undefined {
  return and(eq(splits.commentId, comments.id), eq(splits.state, 'split'))
}
