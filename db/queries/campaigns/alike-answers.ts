import { and, count, desc, eq, isNotNull, ne, not, or } from 'drizzle-orm'
import type { Query, Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { campaignMembers, comments, responseComments, responses } from '../../schema/index.ts'
import { isUnanswered, refreshAlike } from '../comments/answered.ts'
import { hasPoints } from '../comments/answered-points.ts'

/**
 * The statements that put an admitted comment under the answer to its campaign, for the list in which it is admitted or
 * joins. Only a copy that is the same to the letter: whoever approved the answer has read these words; one that differs
 * may say something of its own, and waits for a person (ACUS Recommendation 2021-1); so does one whose author has
 * revised it, until it has been compared again. One that is not public joins only
 * an answer with a 归纳, since without it the adoption table could not have it.
 */
export function answerAlike(tx: Query, commentId: string): Statement[] {
  return [answer(tx, { commentId }), refreshAlike(tx, { commentId })]
}

const answer = filled((tx: Query, { commentId }: { commentId: string }) => {
  const { campaignId, identical, takenOut } = campaignMembers
  return tx
    .insert(responseComments)
    .select(
      tx
        .select({ commentId: campaignMembers.commentId, responseId: responses.id })
        .from(campaignMembers)
        .innerJoin(responses, eq(responses.campaignId, campaignId))
        .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
        .where(
          and(
            eq(campaignMembers.commentId, commentId),
            eq(identical, true),
            eq(takenOut, false),
            isNotNull(comments.comparedAt),
            not(hasPoints(tx)),
            ne(responses.state, 'dropped'),
            or(
              eq(comments.state, 'published'),
              and(eq(comments.state, 'withheld'), isNotNull(responses.summary)),
            ),
          ),
        )
        .orderBy(desc(responses.id))
        .limit(1),
    )
    .onConflictDoNothing()
})

/** How many admitted comments of a campaign have no answer: those that differ, and those whose answer was dropped. */
export async function unansweredIn(db: Database, campaign: string): Promise<number> {
  const { campaignId, takenOut } = campaignMembers
  const [row] = await db.slow
    .select({ count: count() })
    .from(campaignMembers)
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .where(and(eq(campaignId, campaign), eq(takenOut, false), isUnanswered))
  return row?.count ?? 0
}
