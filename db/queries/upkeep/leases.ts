import { eq, lte, or } from 'drizzle-orm'
import type { Database } from '../../open.ts'
import { leases } from '../../schema/index.ts'

/**
 * Takes or renews the right to do work that one node does for all.
 * @param term how long it lasts, in milliseconds
 * @returns whether `holder` has it now
 */
export async function holdLease(
  db: Database,
  name: string,
  holder: string,
  term: number,
  now: Date,
): Promise<boolean> {
  const until = new Date(now.getTime() + term)
  const rows = await db.query
    .insert(leases)
    .values({ name, holder, until })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder, until },
      setWhere: or(eq(leases.holder, holder), lte(leases.until, now)),
    })
    .returning({ name: leases.name })
  return rows.length > 0
}
