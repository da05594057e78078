import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  min,
  notExists,
  type SQL,
  sql,
  sum,
} from 'drizzle-orm'
import { mostCounted } from '../../../server/rules/counted.ts'
import type { Day } from '../../../server/rules/days.ts'
import { ruledStates } from '../../../server/rules/moderation/comment-states.ts'
import { inQueueOrder, type QueuePosition } from '../../../server/rules/moderation/queue-order.ts'
import type { Reads } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { prepared } from '../../prepared.ts'
import { claims, commentCounts, comments, dueDecisions } from '../../schema/index.ts'
import { isDue } from './due-decisions.ts'
import { type QueueFilters, queueConditions } from './queue-conditions.ts'

const kept = sum(commentCounts.count).mapWith(Number)

/** Where a comment stands in the queue, what of it is to be judged, and who has claimed it. */
export interface QueuedPlace extends QueuePosition {
  id: string
  consultationId: string
  review: number
  version: number
  claimedBy: string | null
  /** When it was decided; null where it waits, or was withdrawn. */
  decidedAt: Date | null
}

/** The inner ids of {@link queuedPlaces}. */
export async function queuedIds(...asked: Parameters<typeof queuedPlaces>): Promise<string[]> {
  return (await queuedPlaces(...asked)).map(({ id }) => id)
}

/**
 * The places of what the filters let through, in the order of the queue; of what is decided, the last decided first.
 * @param waiting {@link keptCounts} of the filters
 * @param after the public id of the comment behind which they stand; null for the first
 */
export async function queuedPlaces(
  db: Database,
  filters: QueueFilters,
  waiting: ReadonlyMap<string, number>,
  after: string | null,
  most: number,
  now: Date,
): Promise<QueuedPlace[]> {
  if (isRuled(filters.state)) return decidedPlaces(db, filters, waiting, after, most, now)
  if (after === null && !isNarrowed(filters)) {
    const first = (consultationId: string) =>
      firstPlaces(db).execute({ consultationId, state: filters.state, most, now })
    return inOrder(await Promise.all([...waiting.keys()].map(first)), most)
  }
  const { publicId, createdDay } = comments
  const query = hasSwitch(filters) || filters.stance !== null ? db.slow : db.query
  // Each consultation's comments lie in order; those of several would have to be sorted, all of them for one page.
  const scopes = hasSwitch(filters) ? [[...waiting.keys()]] : [...waiting.keys()].map((id) => [id])
  const lastDay = query
    .select({ createdDay })
    .from(comments)
    .where(eq(publicId, after ?? ''))
  const found = await Promise.all(
    scopes.map((consultationIds) =>
      places(
        query,
        now,
        and(
          ...queueConditions(query, { ...filters, consultationIds }, now),
          after === null ? undefined : sql`(${createdDay}, ${publicId}) > ((${lastDay}), ${after})`,
        ),
      ).limit(most),
    ),
  )
  return inOrder(found, most)
}

async function decidedPlaces(...asked: Parameters<typeof queuedPlaces>): Promise<QueuedPlace[]> {
  const [db, filters, waiting, after, most, now] = asked
  const { publicId, decidedAt } = comments
  const query = isNarrowed(filters) ? db.slow : db.query
  const last = query
    .select({ decidedAt })
    .from(comments)
    .where(eq(publicId, after ?? ''))
  const found = await Promise.all(
    [...waiting.keys()].map((id) =>
      joined(query, now)
        .where(
          and(
            ...queueConditions(query, { ...filters, consultationIds: [id] }, now),
            isNotNull(decidedAt),
            after === null ? undefined : sql`(${decidedAt}, ${publicId}) < ((${last}), ${after})`,
          ),
        )
        .orderBy(desc(decidedAt), desc(publicId))
        .limit(most),
    ),
  )
  const time = (place: QueuedPlace) => place.decidedAt?.getTime() ?? 0
  return found
    .flat()
    .sort((a, b) => time(b) - time(a) || (a.publicId < b.publicId ? 1 : -1))
    .slice(0, most)
}

const ruled: readonly string[] = ruledStates
const isRuled = (state: string) => ruled.includes(state)

const firstPlaces = prepared('first_places', (query) => {
  const { consultationId, state } = comments
  return places(
    query,
    sql.placeholder('now'),
    and(
      eq(consultationId, sql.param(sql.placeholder('consultationId'), consultationId)),
      eq(state, sql.param(sql.placeholder('state'), state)),
      notExists(isDue(query, comments.id)),
    ),
  ).limit(sql.placeholder('most'))
})

function places(query: Reads, now: unknown, isMeant: SQL | undefined) {
  return joined(query, now).where(isMeant).orderBy(asc(comments.createdDay), asc(comments.publicId))
}

function joined(query: Reads, now: unknown) {
  const { id, publicId, createdDay, consultationId, review, version, decidedAt } = comments
  const place = { id, publicId, createdDay, consultationId, review, version, decidedAt }
  return query
    .select({ ...place, claimedBy: claims.staffId })
    .from(comments)
    .leftJoin(claims, and(eq(claims.commentId, id), gt(claims.until, sql.param(now, claims.until))))
}

/** Of several consultations, each in order. */
function inOrder(found: QueuedPlace[][], most: number): QueuedPlace[] {
  return found.flat().sort(inQueueOrder).slice(0, most)
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
    .select({ clause, count: waitingOf(db.query, eq(dueDecisions.clause, clause)) })
    .from(commentCounts)
    .where(and(eq(state, 'pending'), eq(commentCounts.consultationId, consultationId)))
    .groupBy(commentCounts.consultationId, clause)
  return rows.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
}

/** What the counters keep as pending, without what is decided already and has not taken effect. @param within of those decisions */
function waitingOf(query: Reads, within?: SQL) {
  const decided = query
    .select({ count: count() })
    .from(dueDecisions)
    .where(and(eq(dueDecisions.consultationId, commentCounts.consultationId), within))
  return sql<number>`${kept} - case when max(${commentCounts.state}) = 'pending' then (${decided}) else 0 end`.mapWith(
    Number,
  )
}

/**
 * How many comments the counters know of in this state, clause and stance, by the consultation; only those that have
 * some. Whatever else the filters ask for, the counts are the same.
 */
export async function keptCounts(
  db: Database,
  { consultationIds, state, clause, stance }: QueueFilters,
): Promise<Map<string, number>> {
  const [only, ...others] = consultationIds
  if (!only) return new Map()
  const rows =
    others.length === 0 && clause === null && stance === null
      ? await countsOfOne(db).execute({ consultationId: only, state })
      : await keptWhere(
          db.query,
          and(
            inArray(commentCounts.consultationId, consultationIds),
            eq(commentCounts.state, state),
            clause === null ? undefined : eq(commentCounts.clause, clause),
            stance === null ? undefined : eq(commentCounts.stance, stance),
          ),
          and(
            clause === null ? undefined : eq(dueDecisions.clause, clause),
            stance === null ? undefined : eq(dueDecisions.stance, stance),
          ),
        )
  return new Map(rows.filter(({ count }) => count > 0).map(({ id, count }) => [id, count]))
}

const countsOfOne = prepared('kept_counts', (query) => {
  const { consultationId, state } = commentCounts
  return keptWhere(
    query,
    and(
      eq(consultationId, sql.param(sql.placeholder('consultationId'), consultationId)),
      eq(state, sql.param(sql.placeholder('state'), state)),
    ),
  )
})

function keptWhere(query: Reads, isMeant: SQL | undefined, ofDecided?: SQL) {
  return query
    .select({ id: commentCounts.consultationId, count: waitingOf(query, ofDecided) })
    .from(commentCounts)
    .where(isMeant)
    .groupBy(commentCounts.consultationId)
}

function isNarrowed(filters: QueueFilters): boolean {
  return hasSwitch(filters) || filters.clause !== null || filters.stance !== null
}

/** Whether more is asked than what the counters know. */
function hasSwitch(filters: QueueFilters): boolean {
  const { personal, campaign, group, appealed, afterClosing, late, mine, among, words } = filters
  return (
    personal ||
    campaign ||
    appealed ||
    afterClosing ||
    [group, late, mine, among, words].some((one) => one !== null)
  )
}
