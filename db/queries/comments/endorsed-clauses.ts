import { and, eq, gt, ne, sql } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { heldRow } from '../../held-row.ts'
import { comments, endorsedClauses, endorsementCounts } from '../../schema/index.ts'

/** The statement that adds to the endorsements of a comment's clause, unless its author has withdrawn it. */
export function addToClause(tx: Query, commentId: string, by: 1 | -1) {
  const { consultationId, clause } = comments
  return tx
    .insert(endorsedClauses)
    .select(
      heldRow(
        tx
          .select({ consultationId, clause, count: sql<number>`${sql.raw(String(by))}`.as('count') })
          .from(comments)
          .where(and(eq(comments.id, commentId), ne(comments.state, 'withdrawn'))),
      ),
    )
    .onConflictDoUpdate(sum)
}

/** The statement after which a comment that is withdrawn takes its endorsements out of its clause's. */
export function leaveClause(tx: Query, commentId: string) {
  const { consultationId, clause } = comments
  return tx
    .insert(endorsedClauses)
    .select(
      tx
        .select({ consultationId, clause, count: sql<number>`-${endorsementCounts.count}`.as('count') })
        .from(endorsementCounts)
        .innerJoin(comments, eq(comments.id, endorsementCounts.commentId))
        .where(eq(endorsementCounts.commentId, commentId)),
    )
    .onConflictDoUpdate(sum)
}

const sum = {
  target: [endorsedClauses.consultationId, endorsedClauses.clause],
  set: { count: sql`${endorsedClauses.count} + excluded.count` },
}

/** How many endorsements stand with the comments of a consultation that were not withdrawn, by clause. */
export async function endorsementsByClause(
  db: Database,
  consultationId: string,
): Promise<Map<string, number>> {
  const { clause, count } = endorsedClauses
  const rows = await db.query
    .select({ clause, count })
    .from(endorsedClauses)
    .where(and(eq(endorsedClauses.consultationId, consultationId), gt(count, 0)))
  return new Map(rows.map((row) => [row.clause, row.count]))
}
