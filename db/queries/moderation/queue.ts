import { and, asc, count, eq, inArray, min, sql, sum } from 'drizzle-orm'
import { mostCounted } from '../../../server/rules/counted.ts'
import type { Day } from '../../../server/rules/days.ts'
import { inQueueOrder } from '../../../server/rules/moderation/queue-order.ts'
import type { Database } from '../../database.ts'
import { commentCounts, comments } from '../../schema/index.ts'
import { type QueueFilters, queueConditions } from './queue-conditions.ts'

const kept = sum(commentCounts.count).mapWith(Number)

/**
 * The inner ids of what the filters let through, in the order of the queue.
 * @param waiting {@link keptCounts} of the filters
 * @param after the public id of the comment behind which they stand; null for the first
 */
export async function queuedIds(
  db: Database,
  filters: QueueFilters,
  waiting: ReadonlyMap<string, number>,
  after: string | null,
  most: number,
  now: Date,
): Promise<string[]> {
  const { id, publicId, createdDay } = comments
  const query = hasSwitch(filters) || filters.stance !== null ? db.slow : db.query
  // Each consultation's comments lie in order; those of several would have to be sorted, all of them for one page.
  const scopes = hasSwitch(filters) ? [[...waiting.keys()]] : [...waiting.keys()].map((id) => [id])
  const lastDay = query
    .select({ createdDay })
    .from(comments)
    .where(eq(publicId, after ?? ''))
  const found = await Promise.all(
    scopes.map((consultationIds) =>
      query
        .select({ id, publicId, createdDay })
        .from(comments)
        .where(
          and(
            ...queueConditions(query, { ...filters, consultationIds }, now),
            after === null ? undefined : sql`(${createdDay}, ${publicId}) > ((${lastDay}), ${after})`,
          ),
        )
        .orderBy(asc(createdDay), asc(publicId))
        .limit(most),
    ),
  )
  const rows = found.flat().sort(inQueueOrder).slice(0, most)
  return rows.map(({ id }) => id)
}

/**
 * When the first of what the filters let through came in on this day; null where nothing did. A day of the queue stands in
 * no order of time.
 * @param waiting {@link keptCounts} of the filters
 */
export async function firstArrival(
  { slow }: Database,
  filters: QueueFilters,
  waiting: ReadonlyMap<string, number>,
  day: Day,
  now: Date,
): Promise<Date | null> {
  const [row] = await slow
    .select({ at: min(comments.createdAt) })
    .from(comments)
    .where(
      and(
        ...queueConditions(slow, { ...filters, consultationIds: [...waiting.keys()] }, now),
        eq(comments.createdDay, day),
      ),
    )
  return row?.at ?? null
}

/**
 * How many comments the filters let through; no more than one above `mostCounted` where nothing keeps their number.
 * @param waiting {@link keptCounts} of the filters
 */
export async function queueCount(
  db: Database,
  filters: QueueFilters,
  waiting: ReadonlyMap<string, number>,
  now: Date,
): Promise<number> {
  if (!hasSwitch(filters)) return [...waiting.values()].reduce((total, one) => total + one, 0)
  const some = db.slow
    .select({ id: comments.id })
    .from(comments)
    .where(and(...queueConditions(db.slow, { ...filters, consultationIds: [...waiting.keys()] }, now)))
    .limit(mostCounted + 1)
    .as('some')
  const [row] = await db.slow.select({ count: count() }).from(some)
  return row?.count ?? 0
}

/** How many comments wait in each clause of a consultation, the fullest first. */
export async function pendingClauses(
  db: Database,
  consultationId: string,
): Promise<{ clause: string; count: number }[]> {
  const { clause, state } = commentCounts
  const rows = await db.query
    .select({ clause, count: kept })
    .from(commentCounts)
    .where(and(eq(state, 'pending'), eq(commentCounts.consultationId, consultationId)))
    .groupBy(clause)
  return rows.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
}

/**
 * How many comments the counters know of in this state, clause and stance, by the consultation; only those that have
 * some. Whatever else the filters ask for, the counts are the same.
 */
export async function keptCounts(
  db: Database,
  { consultationIds, state, clause, stance }: QueueFilters,
): Promise<Map<string, number>> {
  if (consultationIds.length === 0) return new Map()
  const rows = await db.query
    .select({ id: commentCounts.consultationId, count: kept })
    .from(commentCounts)
    .where(
      and(
        inArray(commentCounts.consultationId, consultationIds),
        eq(commentCounts.state, state),
        clause === null ? undefined : eq(commentCounts.clause, clause),
        stance === null ? undefined : eq(commentCounts.stance, stance),
      ),
    )
    .groupBy(commentCounts.consultationId)
  return new Map(rows.filter(({ count }) => count > 0).map(({ id, count }) => [id, count]))
}

/** Whether more is asked than what the counters know. */
function hasSwitch({ personal, campaign, group, appealed, afterClosing, late, mine }: QueueFilters): boolean {
  return personal || campaign || appealed || afterClosing || [group, late, mine].some((one) => one !== null)
}
