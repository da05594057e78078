import { and, count, eq, type SQL, sql } from 'drizzle-orm'
import type { Query, Statement } from '../../atomically.ts'
import { comments, decisionCounts, decisions, originals, rulingCounts } from '../../schema/index.ts'
import { type DecisionCell, isOriginal, isRuling, type RulingCell } from './moderation-counters.ts'
import type { WrongModerationCount } from './recount.ts'

/** The statements that set one of these counters to what its rows say; its row is held first, as by `mendCounts`. */
export function mendModerationCount(tx: Query, wrong: WrongModerationCount): Statement[] {
  return wrong.counter === 'decisions' ? mendDecisions(tx, wrong.cell) : mendRulings(tx, wrong.cell)
}

function mendRulings(tx: Query, cell: RulingCell) {
  const { consultationId, state, reason } = rulingCounts
  const ofCell = and(
    isRuling,
    eq(comments.consultationId, cell.consultationId),
    eq(comments.state, cell.state),
    hasReason(cell),
  )
  const counted = tx
    .select({ count: count() })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .where(ofCell)
  const redacted = tx
    .select({ count: count() })
    .from(originals)
    .innerJoin(comments, isOriginal)
    .innerJoin(decisions, eq(decisions.commentId, comments.id))
    .where(and(ofCell, eq(comments.state, 'published')))
  return [
    tx
      .insert(rulingCounts)
      .values({ ...cell, count: 0, redacted: 0 })
      .onConflictDoUpdate({
        target: [consultationId, state, reason],
        set: { count: sql`${rulingCounts.count}` },
      }),
    tx
      .update(rulingCounts)
      .set({ count: sql`${counted}`, redacted: sql`${redacted}` })
      .where(and(eq(consultationId, cell.consultationId), eq(state, cell.state), eq(reason, cell.reason))),
  ]
}

function mendDecisions(tx: Query, cell: DecisionCell) {
  const { staffId, stance, admission, publication, reason } = decisionCounts
  const counted = tx
    .select({ count: count() })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .where(
      and(
        eq(decisions.staffId, cell.staffId),
        eq(comments.stance, cell.stance),
        eq(decisions.admission, cell.admission),
        eq(decisions.publication, cell.publication),
        hasReason(cell),
      ),
    )
  return [
    tx
      .insert(decisionCounts)
      .values({ ...cell, count: 0 })
      .onConflictDoUpdate({
        target: [staffId, stance, admission, publication, reason],
        set: { count: sql`${decisionCounts.count}` },
      }),
    tx
      .update(decisionCounts)
      .set({ count: sql`${counted}` })
      .where(
        and(
          eq(staffId, cell.staffId),
          eq(stance, cell.stance),
          eq(admission, cell.admission),
          eq(publication, cell.publication),
          eq(reason, cell.reason),
        ),
      ),
  ]
}

function hasReason({ reason }: { reason: string }): SQL {
  return sql`coalesce(${decisions.reason}, '') = ${reason}`
}
