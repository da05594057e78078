import { and, count, eq, inArray, sql } from 'drizzle-orm'
import { everything, type ReadingFilters } from '../../../server/rules/comments/reading-filters.ts'
import type { Database } from '../../database.ts'
import { commentCounts, comments, submissions } from '../../schema/index.ts'
import { readingConditions } from './reading-conditions.ts'

/** How many comments stand on one clause, by stance and state. */
export interface CountCell {
  clause: string
  stance: string
  state: string
  count: number
}

/** The kept counters of a consultation: a row for each clause, stance and state that has any comment. */
export function countCells(db: Database, consultationId: string): Promise<CountCell[]> {
  const { clause, stance, state, count } = commentCounts
  return db.query
    .select({ clause, stance, state, count })
    .from(commentCounts)
    .where(and(eq(commentCounts.consultationId, consultationId), sql`${count} > 0`))
}

/**
 * How many comments the filters let through, by clause, stance and state. Counted from the comments: where nothing but
 * clause, stance and state narrows, the kept counters say the same at once.
 * @param among the inner ids of the comments of which alone it can be, where they are known
 */
export function readingCells(
  db: Database,
  consultationId: string,
  filters: ReadingFilters,
  among: readonly string[] | null = null,
): Promise<CountCell[]> {
  const { id, clause, stance, state } = comments
  return db.slow
    .select({ clause, stance, state, count: count() })
    .from(comments)
    .where(
      and(readingConditions(db.slow, consultationId, filters), among ? inArray(id, [...among]) : undefined),
    )
    .groupBy(clause, stance, state)
}

/** How many comments share one clause, stance, state, identity, region and channel. */
export interface DetailCell extends CountCell {
  identity: string
  region: string | null
  channel: string
}

/** Counted from the comments themselves: seconds for a million. */
export function detailCells(
  db: Database,
  consultationId: string,
  filters: ReadingFilters = everything,
): Promise<DetailCell[]> {
  const { clause, stance, state } = comments
  const { identity, region, channel } = submissions
  return db.slow
    .select({ clause, stance, state, identity, region, channel, count: count() })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(readingConditions(db.slow, consultationId, filters))
    .groupBy(clause, stance, state, identity, region, channel)
}

/** How many comments a consultation has received, counted from the comments: what the counters must add up to. */
export async function countReceived(db: Database, consultationId: string): Promise<number> {
  const [row] = await db.slow
    .select({ count: count() })
    .from(comments)
    .where(eq(comments.consultationId, consultationId))
  return row?.count ?? 0
}

/** How many comments the filters let through, counted from the comments. */
export async function countReading(
  db: Database,
  consultationId: string,
  filters: ReadingFilters,
): Promise<number> {
  return db.slow.$count(comments, readingConditions(db.slow, consultationId, filters))
}
