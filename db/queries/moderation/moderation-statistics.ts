import { eq } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { rulingCounts } from '../../schema/index.ts'

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
  { query }: Database,
  consultationId: string,
): Promise<ModerationStatistics> {
  const { state, reason, count, redacted } = rulingCounts
  const rows = await query
    .select({ state, reason, count, redacted })
    .from(rulingCounts)
    .where(eq(rulingCounts.consultationId, consultationId))
  const published = rows.filter((row) => row.state === 'published')
  return {
    published: published.reduce((sum, row) => sum + row.count, 0),
    redacted: published.reduce((sum, row) => sum + row.redacted, 0),
    reasons: rows
      .filter((row) => row.state !== 'published' && row.count > 0)
      .map((row) => ({ state: row.state, reason: row.reason || null, count: row.count }))
      .sort((a, b) => b.count - a.count),
  }
}
