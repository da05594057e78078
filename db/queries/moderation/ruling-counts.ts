import { and, eq, exists, sql } from 'drizzle-orm'
import { ruledStates } from '../../../server/rules/moderation/comment-states.ts'
import type { Query } from '../../atomically.ts'
import { filled } from '../../filled.ts'
import { comments, decisions, originals, rulingCounts } from '../../schema/index.ts'

/** A comment in a state that a decision has put it into, in the round of review of that decision. */
interface Ruled {
  id: string
  state: string
  review: number
}

/** The statement that counts a comment into the state that the decision of its list has put it into. */
export function countRuled(tx: Query, comment: Ruled) {
  return countIn(tx, comment)
}

/**
 * The statements that take a comment out of the state in which it was until this list changed it. They stand before
 * whatever the list erases of it.
 */
export function uncountRuled(tx: Query, comment: Ruled) {
  const ruled: readonly string[] = ruledStates
  return ruled.includes(comment.state) ? [countOut(tx, comment)] : []
}

const countIn = filled((tx: Query, comment: Ruled) => addFor(tx, comment, 1))
const countOut = filled((tx: Query, comment: Ruled) => addFor(tx, comment, -1))

function addFor(tx: Query, { id, state, review }: Ruled, by: 1 | -1) {
  const ruledState = sql<string>`cast(${state} as text)`
  const isRedacted = exists(
    tx
      .select({ one: sql`1` })
      .from(originals)
      .where(and(eq(originals.commentId, comments.id), eq(originals.version, comments.version))),
  )
  const added = sql.raw(String(by))
  return tx
    .insert(rulingCounts)
    .select(
      tx
        .select({
          consultationId: comments.consultationId,
          state: ruledState.as('state'),
          reason: sql<string>`coalesce(${decisions.reason}, '')`.as('reason'),
          count: sql<number>`${added}`.as('count'),
          redacted:
            sql<number>`case when ${ruledState} = 'published' and ${isRedacted} then ${added} else 0 end`.as(
              'redacted',
            ),
        })
        .from(decisions)
        .innerJoin(comments, eq(comments.id, decisions.commentId))
        .where(and(eq(decisions.commentId, id), eq(decisions.review, review))),
    )
    .onConflictDoUpdate({
      target: [rulingCounts.consultationId, rulingCounts.state, rulingCounts.reason],
      set: {
        count: sql`${rulingCounts.count} + excluded.count`,
        redacted: sql`${rulingCounts.redacted} + excluded.redacted`,
      },
    })
}
