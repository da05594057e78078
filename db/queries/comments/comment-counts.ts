import { sql } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import { commentCounts } from '../../schema/index.ts'

export interface Cell {
  consultationId: string
  clause: string
  stance: string
  state: string
}

/**
 * The statements that add to the counters, for the list in which the comments change. In one order always: two lists
 * that lock the same rows in different orders would wait for one another on PostgreSQL.
 */
export function addToCounts(tx: Pick<Query, 'insert'>, changes: { cell: Cell; by: number }[]) {
  return summed(changes).map(({ cell, by }) =>
    tx
      .insert(commentCounts)
      .values({ ...cell, count: by })
      .onConflictDoUpdate({
        target: [
          commentCounts.consultationId,
          commentCounts.clause,
          commentCounts.stance,
          commentCounts.state,
        ],
        set: { count: sql`${commentCounts.count} + ${by}` },
      }),
  )
}

function summed(changes: { cell: Cell; by: number }[]): { cell: Cell; by: number }[] {
  const sums = new Map<string, { cell: Cell; by: number }>()
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
