import { eq } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { pointCounts } from '../../schema/index.ts'

/** What comments that were split add to the points of a clause, stance and outcome, and take from them. */
export interface PointCell {
  clause: string
  stance: string
  /** Empty: without an approved answer. */
  outcome: string
  points: number
  comments: number
}

export function pointCells(db: Database, consultationId: string): Promise<PointCell[]> {
  const { clause, stance, outcome, points, comments } = pointCounts
  return db.query
    .select({ clause, stance, outcome, points, comments })
    .from(pointCounts)
    .where(eq(pointCounts.consultationId, consultationId))
}
