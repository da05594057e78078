import { and, count, eq, exists, inArray, sum } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { commentCounts, comments, decisions, originals } from '../../schema/index.ts'

/** How a consultation's comments were moderated, as they stand now. */
interface ModerationStatistics {
  published: number
  /** Of the published, those of which a piece is hidden. */
  redacted: number
  /** What is not shown and what is not studied, by reason code, the most frequent first. */
  reasons: { state: string; reason: string | null; count: number }[]
}

/** How many comments were published, redacted, withheld and refused, and for what reasons. */
export async function moderationStatistics(
  { slow: query }: Database,
  consultationId: string,
): Promise<ModerationStatistics> {
  const published = and(eq(comments.consultationId, consultationId), eq(comments.state, 'published'))
  const hasOriginal = exists(
    query
      .select({ id: originals.commentId })
      .from(originals)
      .where(and(eq(originals.commentId, comments.id), eq(originals.version, comments.version))),
  )
  const [[shown], redacted, reasons] = await Promise.all([
    query
      .select({ count: sum(commentCounts.count).mapWith(Number) })
      .from(commentCounts)
      .where(and(eq(commentCounts.consultationId, consultationId), eq(commentCounts.state, 'published'))),
    query.$count(comments, and(published, hasOriginal)),
    query
      .select({ state: comments.state, reason: decisions.reason, count: count() })
      .from(comments)
      .innerJoin(decisions, and(eq(decisions.commentId, comments.id), eq(decisions.review, comments.review)))
      .where(
        and(eq(comments.consultationId, consultationId), inArray(comments.state, ['withheld', 'refused'])),
      )
      .groupBy(comments.state, decisions.reason),
  ])
  return { published: shown?.count ?? 0, redacted, reasons: reasons.sort((a, b) => b.count - a.count) }
}
