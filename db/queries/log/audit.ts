import { createHash } from 'node:crypto'
import { asc, desc, eq, gt, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, decisionCounts, decisions, staff } from '../../schema/index.ts'

/** How many decisions each moderator made, by the comment's stance, the outcome and its reason. */
export async function decisionTallies({ query }: Database) {
  const { stance, admission, publication, reason, count } = decisionCounts
  return query
    .select({ by: staff.name, stance, admission, publication, reason, count })
    .from(decisionCounts)
    .innerJoin(staff, eq(staff.id, decisionCounts.staffId))
    .where(gt(count, 0))
    .orderBy(staff.name, stance, desc(count))
}

/** Ten hexadecimal digits of a decision's id that chance alone has given it; in their order stands an index. */
const lot = sql`substr(${decisions.id}, 27)`

/**
 * A sample of all decisions, each with the comment that it was made on: those that stand behind the seed's place, in the
 * order in which chance has put them; behind the last comes the first. The same seed draws the same ones again, and what
 * is decided meanwhile seldom changes them.
 */
export async function sampleOfDecisions(db: Database, seed: string, size: number) {
  const place = createHash('sha256').update(seed).digest('hex').slice(0, 10)
  const behind = await drawn(db, gte(lot, place), size)
  return behind.length < size
    ? [...behind, ...(await drawn(db, lt(lot, place), size - behind.length))]
    : behind
}

function drawn({ query }: Database, condition: SQL, size: number) {
  const { publicId, body, state, stance } = comments
  return query
    .select({ decision: decisions, by: staff.name, publicId, body, state, stance })
    .from(decisions)
    .innerJoin(staff, eq(staff.id, decisions.staffId))
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .where(condition)
    .orderBy(asc(lot))
    .limit(size)
}
