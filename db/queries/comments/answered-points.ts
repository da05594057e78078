import { eq, type SQL, sql } from 'drizzle-orm'
import type { Reads } from '../../atomically.ts'
import { comments, points, responseComments, responses, splits } from '../../schema/index.ts'

type Selects = Pick<Reads, 'select'>

/**
 * How many points an answer is for: comments that are one point, and points of those that were split. The columns are
 * named with their tables, which a statement that reads one table alone leaves out: `id` would be the point's.
 */
export const answeredPoints = sql<number>`(
  (select count(*) from ${responseComments} where ${responseComments}."response_id" = ${responses}."id")
  + (select count(*) from ${points} where ${points}."response_id" = ${responses}."id"))`.mapWith(Number)

/** The condition that a comment has points of its own, which are answered one by one. */
export function hasPoints(tx: Selects): SQL {
  return sql`(${splitState(tx)} = 'split')`
}

/** The condition that a comment is one point that can be answered as it is: not parted, nor a letter that waits for it (待梳理). */
export function isOnePoint(tx: Selects): SQL {
  return sql`(${splitState(tx)} not in ('split', 'waiting'))`
}

/** Asked for each comment, of which few are read: PostgreSQL would put NOT EXISTS into a list of all that were split. */
function splitState(tx: Selects): SQL {
  const state = tx.select({ state: splits.state }).from(splits).where(eq(splits.commentId, comments.id))
  return sql`coalesce((${state}), '')`
}
