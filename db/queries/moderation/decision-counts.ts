import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import { filled } from '../../filled.ts'
import { decisionCounts, decisions } from '../../schema/index.ts'

const { count: _, ...cell } = getTableColumns(decisionCounts)
const added = {
  target: Object.values(cell),
  set: { count: sql`${decisionCounts.count} + excluded.count` },
}

/** The statement that counts a decision, for its list. */
export function countDecision(
  tx: Pick<Query, 'insert'>,
  stance: string,
  decision: { staffId: string; admission: string; publication: string; reason: string | null },
) {
  const { staffId, admission, publication, reason } = decision
  return addOne(tx, { staffId, stance, admission, publication, reason: reason ?? '', count: 1 })
}

const addOne = filled((tx: Pick<Query, 'insert'>, counted: typeof decisionCounts.$inferInsert) =>
  tx.insert(decisionCounts).values(counted).onConflictDoUpdate(added),
)

/** The statements that count what was decided on a comment before under its new stance. */
export function moveDecisions(tx: Query, commentId: string, from: string, to: string) {
  return from === to ? [] : [addAll(tx, commentId, from, -1), addAll(tx, commentId, to, 1)]
}

function addAll(tx: Query, commentId: string, stance: string, by: 1 | -1) {
  const { staffId, admission, publication } = decisions
  const reason = sql<string>`coalesce(${decisions.reason}, '')`
  return tx
    .insert(decisionCounts)
    .select(
      tx
        .select({
          staffId,
          stance: sql<string>`cast(${stance} as text)`.as('stance'),
          admission,
          publication,
          reason: reason.as('reason'),
          count: sql<number>`${sql.raw(String(by))} * count(*)`.as('count'),
        })
        .from(decisions)
        .where(eq(decisions.commentId, commentId))
        .groupBy(staffId, admission, publication, reason)
        .orderBy(staffId, admission, publication, reason),
    )
    .onConflictDoUpdate(added)
}
