import { and, count, eq, sql } from 'drizzle-orm'
import type { Query, Statement } from '../../atomically.ts'
import { comments, concerns, pointCounts, points, responses, splits } from '../../schema/index.ts'
import { approvedOutcome, splitOutcome } from '../points/split-counts.ts'
import { isAdmitted } from '../points/split-standing.ts'
import type { PartedCell } from './point-counters.ts'
import type { WrongPointCount } from './recount.ts'

/** The statements that set one of these counters to what its rows say; its row is held first, as by `mendCounts`. */
export function mendPointCount(tx: Query, wrong: WrongPointCount): Statement[] {
  return wrong.counter === 'gathered' ? mendConcern(tx, wrong.cell) : mendPoints(tx, wrong.cell)
}

function mendPoints(tx: Query, cell: PartedCell) {
  const { consultationId, clause, stance, outcome } = pointCounts
  const here = and(
    eq(consultationId, cell.consultationId),
    eq(clause, cell.clause),
    eq(stance, cell.stance),
    eq(outcome, cell.outcome),
  )
  const counted = tx
    .select({ count: count() })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .leftJoin(responses, eq(responses.id, points.responseId))
    .where(
      and(
        isAdmitted,
        eq(points.kind, 'point'),
        eq(points.consultationId, cell.consultationId),
        eq(points.clause, cell.clause),
        eq(points.stance, cell.stance),
        eq(approvedOutcome, cell.outcome),
      ),
    )
  const parted = tx
    .select({ count: count() })
    .from(splits)
    .innerJoin(comments, eq(comments.id, splits.commentId))
    .where(
      and(
        isAdmitted,
        eq(splits.state, 'split'),
        eq(splits.consultationId, cell.consultationId),
        eq(comments.clause, cell.clause),
        eq(comments.stance, cell.stance),
        eq(splitOutcome, cell.outcome),
      ),
    )
  return [
    tx
      .insert(pointCounts)
      .values({ ...cell, points: 0, comments: 0 })
      .onConflictDoUpdate({
        target: [consultationId, clause, stance, outcome],
        set: { points: sql`${pointCounts.points}` },
      }),
    tx
      .update(pointCounts)
      .set({ points: sql`${counted}`, comments: sql`${parted}` })
      .where(here),
  ]
}

function mendConcern(tx: Query, { id }: { id: string }) {
  const counted = tx
    .select({ count: count() })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(isAdmitted, eq(points.concernId, id)))
  return [
    tx
      .update(concerns)
      .set({ count: sql`${concerns.count}` })
      .where(eq(concerns.id, id)),
    tx
      .update(concerns)
      .set({ count: sql`${counted}` })
      .where(eq(concerns.id, id)),
  ]
}
