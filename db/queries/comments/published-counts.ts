import { and, eq, sum } from 'drizzle-orm'
import { commentsAreShown } from '../../../server/rules/consultations/publication-policies.ts'
import type { Database } from '../../database.ts'
import { commentCounts } from '../../schema/index.ts'
import type { Standing } from '../consultations/consultations.ts'

/** How many published comments each clause shows the public now; a clause without any is not in it. */
export async function publishedCounts(
  db: Database,
  consultation: Standing,
  now: Date,
): Promise<Map<string, number>> {
  if (!commentsAreShown(consultation.publicationPolicy, consultation.closesAt, now)) return new Map()
  const rows = await db.query
    .select({ clause: commentCounts.clause, count: sum(commentCounts.count).mapWith(Number) })
    .from(commentCounts)
    .where(and(eq(commentCounts.consultationId, consultation.id), eq(commentCounts.state, 'published')))
    .groupBy(commentCounts.clause)
  return new Map(rows.map(({ clause, count }) => [clause, count ?? 0]))
}

/** How many published comments the public may read now. */
export async function publishedCount(db: Database, consultation: Standing, now: Date): Promise<number> {
  const counts = await publishedCounts(db, consultation, now)
  return [...counts.values()].reduce((total, count) => total + count, 0)
}
