import { and, count, eq, getTableColumns, lt, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reads } from '../atomically.ts'
import type { Database } from '../open.ts'
import { arrivalCounts, comments, submissions } from '../schema/index.ts'
import type { ArrivalCell } from './comments/arrival-counts.ts'
import type { Count } from './upkeep/recount.ts'

const region = sql<string>`coalesce(${submissions.region}, '')`
const { consultationId, clause } = comments
const { channel, identity } = submissions

/** Every comment that came in, by its cell. */
export function arrivedComments(db: Database): Promise<Count<ArrivalCell>[]> {
  return db.query
    .select({ cell: { consultationId, clause, channel, identity, region }, count: count() })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .groupBy(consultationId, clause, channel, identity, region)
}

/** Every submission, in the cell of its first comment. */
export function begunSubmissions(db: Database): Promise<Count<ArrivalCell>[]> {
  return db.query
    .select({ cell: { consultationId, clause, channel, identity, region }, count: count() })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(isFirst(db.query))
    .groupBy(consultationId, clause, channel, identity, region)
}

/** What the counters say of comments, or of submissions. */
export function keptArrivals(db: Database, of: 'comments' | 'submissions'): Promise<Count<ArrivalCell>[]> {
  const { comments: _, submissions: __, ...cell } = getTableColumns(arrivalCounts)
  return db.query.select({ cell, count: arrivalCounts[of] }).from(arrivalCounts)
}

/** The comments of one cell. */
export function ofCell(cell: ArrivalCell) {
  return and(
    eq(consultationId, cell.consultationId),
    eq(clause, cell.clause),
    eq(channel, cell.channel),
    eq(identity, cell.identity),
    eq(region, cell.region),
  )
}

/** The condition that a comment is its submission's first. */
export function isFirst(tx: Reads) {
  const earlier = alias(comments, 'earlier')
  return notExists(
    tx
      .select({ one: sql`1` })
      .from(earlier)
      .where(and(eq(earlier.submissionId, comments.submissionId), lt(earlier.number, comments.number))),
  )
}
