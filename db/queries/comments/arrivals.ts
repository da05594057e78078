import { and, count, desc, eq, gt, gte, inArray, lt, sql, sum } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { stateNames } from '../../../server/rules/names.ts'
import type { Database } from '../../database.ts'
import { lowestIdAt } from '../../id-at.ts'
import { arrivalCounts, arrivalDays, comments } from '../../schema/index.ts'

const day = 24 * 60 * 60 * 1000

/**
 * How many comments came in on each day on which any did. Days that are over are kept; until they are, they are counted;
 * whatever is left of all that came has come today.
 * @param today YYYY-MM-DD in Shanghai
 */
export async function arrivals(
  db: Database,
  consultationId: string,
  today: string,
): Promise<Map<string, number>> {
  const kept = await keptDays(db, consultationId)
  const rest = await countDays(db, consultationId, kept.at(-1)?.day ?? '', today)
  const days = new Map([...kept, ...rest].map(({ day, comments }) => [day, comments]))
  const [row] = await db.query
    .select({ comments: sum(arrivalCounts.comments).mapWith(Number) })
    .from(arrivalCounts)
    .where(eq(arrivalCounts.consultationId, consultationId))
  const before = [...days.values()].reduce((total, comments) => total + comments, 0)
  return days.set(today, (row?.comments ?? 0) - before)
}

function keptDays(db: Database, consultationId: string) {
  const { day, comments } = arrivalDays
  return db.query
    .select({ day, comments })
    .from(arrivalDays)
    .where(eq(arrivalDays.consultationId, consultationId))
    .orderBy(day)
}

/** Counted from the index of every state's days: what came in after one day and before another. */
function countDays({ slow }: Database, consultationId: string, after: string, before: string) {
  const { createdDay, state } = comments
  return slow
    .select({ day: createdDay, comments: count() })
    .from(comments)
    .where(
      and(
        eq(comments.consultationId, consultationId),
        inArray(state, Object.keys(stateNames)),
        gt(createdDay, after),
        lt(createdDay, before),
      ),
    )
    .groupBy(createdDay)
    .orderBy(createdDay)
}

/** The consultations some of whose comments came on days that are not kept. */
export async function withUnkeptDays({ query }: Database, most: number): Promise<string[]> {
  const { consultationId } = arrivalCounts
  const kept = query
    .select({ comments: sql`coalesce(sum(${arrivalDays.comments}), 0)` })
    .from(arrivalDays)
    .where(eq(arrivalDays.consultationId, consultationId))
  const rows = await query
    .select({ consultationId })
    .from(arrivalCounts)
    .groupBy(consultationId)
    .having(gt(sum(arrivalCounts.comments), sql`(${kept})`))
    .limit(most)
  return rows.map((row) => row.consultationId)
}

/** Keeps how many comments came in on each day of a consultation before this one (YYYY-MM-DD in Shanghai). */
export async function keepDays(db: Database, consultationId: string, before: string): Promise<void> {
  const [last] = await db.query
    .select({ day: arrivalDays.day })
    .from(arrivalDays)
    .where(eq(arrivalDays.consultationId, consultationId))
    .orderBy(desc(arrivalDays.day))
    .limit(1)
  const days = await countDays(db, consultationId, last?.day ?? '', before)
  if (days.length === 0) return
  await db.atomically((tx) => [
    tx
      .insert(arrivalDays)
      .values(days.map((one) => ({ consultationId, ...one })))
      .onConflictDoNothing(),
  ])
}

/** The condition that an id was given on the day that begins at this moment. */
export function cameOn(id: PgColumn, start: Date) {
  return and(gte(id, lowestIdAt(start)), lt(id, lowestIdAt(new Date(start.getTime() + day))))
}
