import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { responseComments, responses, revisedWordings, wordingComments } from '../../schema/index.ts'

/** What the office answered to a comment, once a second person has approved it. */
export interface GivenAnswer {
  outcome: string
  reason: string
  approvedAt: Date | null
  /** The clause of a round whose wording the comment helped to change; null where it changed none. */
  changed: { round: number; clause: string } | null
}

/**
 * The approved answers to some comments, by the comment's id: for receipts, papers and the public's pages.
 * @param commentIds at most a page of them (1,000)
 */
export async function answersTo(db: Database, commentIds: string[]): Promise<Map<string, GivenAnswer>> {
  if (commentIds.length === 0) return new Map()
  const [answers, changes] = await Promise.all([
    db.query
      .select({
        commentId: responseComments.commentId,
        outcome: responses.outcome,
        reason: responses.reason,
        approvedAt: responses.approvedAt,
      })
      .from(responseComments)
      .innerJoin(responses, eq(responses.id, responseComments.responseId))
      .where(and(inArray(responseComments.commentId, commentIds), eq(responses.state, 'approved'))),
    db.query
      .select({
        commentId: wordingComments.commentId,
        clause: revisedWordings.clause,
        round: revisedWordings.round,
      })
      .from(wordingComments)
      .innerJoin(revisedWordings, eq(revisedWordings.id, wordingComments.wordingId))
      .where(inArray(wordingComments.commentId, commentIds)),
  ])
  const changed = new Map(changes.map(({ commentId, ...change }) => [commentId, change]))
  return new Map(
    answers.map(({ commentId, ...answer }) => [
      commentId,
      { ...answer, changed: changed.get(commentId) ?? null },
    ]),
  )
}
