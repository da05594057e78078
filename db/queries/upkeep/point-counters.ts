import { and, count, eq, getTableColumns, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, concerns, pointCounts, points, responses, splits } from '../../schema/index.ts'
import { approvedOutcome, splitOutcome } from '../points/split-counts.ts'
import { isAdmitted } from '../points/split-standing.ts'
import type { Count } from './counters.ts'

/* What comments that were split add to the count of points, and take from it. */

export interface PartedCell {
  consultationId: string
  clause: string
  stance: string
  outcome: string
}

/** Every point of an admitted comment that was split, by its clause, its stance and its approved outcome. */
export function countedPoints({ query }: Database): Promise<Count<PartedCell>[]> {
  const { consultationId, clause, stance } = points
  return query
    .select({ cell: { consultationId, clause, stance, outcome: approvedOutcome }, count: count() })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .leftJoin(responses, eq(responses.id, points.responseId))
    .where(and(isAdmitted, eq(points.kind, 'point')))
    .groupBy(consultationId, clause, stance, approvedOutcome)
}

/** Every admitted comment that was split, by its own clause and stance and what became of it. */
export function countedParted({ query }: Database): Promise<Count<PartedCell>[]> {
  const { clause, stance } = comments
  const cell = { consultationId: splits.consultationId, clause, stance, outcome: splitOutcome }
  return query
    .select({ cell, count: count() })
    .from(splits)
    .innerJoin(comments, eq(comments.id, splits.commentId))
    .where(and(isAdmitted, eq(splits.state, 'split')))
    .groupBy(...Object.values(cell))
}

/** What the counters say of either. */
export function keptPoints({ query }: Database, of: 'points' | 'comments'): Promise<Count<PartedCell>[]> {
  const { points: _, comments: __, ...cell } = getTableColumns(pointCounts)
  return query.select({ cell, count: pointCounts[of] }).from(pointCounts)
}

/** Every point of an admitted comment that a concern has, by the concern. */
export function countedGathered({ query }: Database): Promise<Count<{ id: string }>[]> {
  return query
    .select({ cell: { id: sql<string>`${points.concernId}` }, count: count() })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(isAdmitted, isNotNull(points.concernId)))
    .groupBy(points.concernId)
}

/** What the concerns' counters say of them. */
export function keptGathered({ query }: Database): Promise<Count<{ id: string }>[]> {
  const { id, count } = concerns
  return query.select({ cell: { id }, count }).from(concerns)
}
