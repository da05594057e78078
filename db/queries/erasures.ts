import { and, eq, sql } from 'drizzle-orm'
import type { Query } from '../atomically.ts'
import type { Database } from '../database.ts'
import { erasures } from '../schema/index.ts'

/** The one that there is: words of people, wherever they stood. */
const what = 'words'

/** The statement after which upkeep overwrites what words that are erased in the same list leave in the engine's files. */
export function overwriteLater(tx: Pick<Query, 'insert'>) {
  return tx
    .insert(erasures)
    .values({ what, count: 1 })
    .onConflictDoUpdate({ target: erasures.what, set: { count: sql`${erasures.count} + 1` } })
}

/** How many erasures wait to be overwritten; 0 where none does. */
export async function erasuresDue(db: Database): Promise<number> {
  const [row] = await db.query.select({ count: erasures.count }).from(erasures).where(eq(erasures.what, what))
  return row?.count ?? 0
}

/** Forgets erasures that are overwritten now, unless more have come since so many were seen. */
export async function markOverwritten(db: Database, seen: number): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(erasures).where(and(eq(erasures.what, what), eq(erasures.count, seen))),
  ])
}
