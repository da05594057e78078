import { sql } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import { filled } from '../../filled.ts'
import { commentCounts } from '../../schema/index.ts'

/** What one counter counts: the comments on a clause with one stance, in one state. */
export interface CommentCell {
  consultationId: string
  clause: string
  stance: string
  state: string
}

/**
 * The statements that add to the counters, for the list in which the comments change. In one order always: two lists
 * that lock the same rows in different orders would wait for one another on PostgreSQL.
 */
export function addToCounts(tx: Pick<Query, 'insert'>, changes: { cell: CommentCell; by: number }[]) {
  return summed(changes).map(({ cell, by }) => addToCount(tx, { ...cell, by }))
}

const addToCount = filled((tx: Pick<Query, 'insert'>, { by, ...cell }: CommentCell & { by: number }) =>
  tx
    .insert(commentCounts)
    .values({ ...cell, count: by })
    .onConflictDoUpdate({
      target: [commentCounts.consultationId, commentCounts.clause, commentCounts.stance, commentCounts.state],
      set: { count: sql`${commentCounts.count} + ${by}` },
    }),
)

function summed(changes: { cell: CommentCell; by: number }[]): { cell: CommentCell; by: number }[] {
  const sums = new Map<string, { cell: CommentCell; by: number }>()
  for (const { cell, by } of changes) {
    const key = JSON.stringify([cell.consultationId, cell.clause, cell.stance, cell.state])
    const sum = sums.get(key)
    if (sum) sum.by += by
    else sums.set(key, { cell, by })
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum)
    .filter(({ by }) => by !== 0)
}
