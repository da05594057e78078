import { and, eq, gt, lte, or, sql } from 'drizzle-orm'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { heldRow } from '../../held-row.ts'
import { leases } from '../../schema/index.ts'

/** A lease as somebody saw it. */
export type SeenLease = typeof leases.$inferSelect

/** A lease that ends before now is over; so is one that ends after what anybody can have taken: a clock was wrong. */
export interface LeaseTime {
  now: Date
  farthest: Date
}

/** Who has the lease, or had it last; null where nobody ever had. */
export async function seenLease(db: Database, name: string): Promise<SeenLease | null> {
  const [row] = await db.query.select().from(leases).where(eq(leases.name, name))
  return row ?? null
}

/**
 * Takes a lease that is over, or takes one's own anew. It must still be as it was seen: whoever had it in between may
 * have changed what was read meanwhile.
 * @param seen null where nobody had it yet
 * @returns the lease with its number; null where it is somebody else's
 */
export async function takeLease(
  db: Database,
  wanted: Pick<SeenLease, 'name' | 'holder' | 'until'>,
  seen: SeenLease | null,
  { now, farthest }: LeaseTime,
): Promise<SeenLease | null> {
  const { holder, until } = wanted
  const isOver = or(lte(leases.until, now), gt(leases.until, farthest))
  const [taken] = await db.query
    .insert(leases)
    .values({ ...wanted, fence: 1 })
    .onConflictDoUpdate({
      target: leases.name,
      set: {
        holder,
        until,
        fence: sql`case when ${isOver} then ${leases.fence} + 1 else ${leases.fence} end`,
      },
      setWhere: and(eq(leases.fence, seen?.fence ?? 0), or(eq(leases.holder, holder), isOver)),
    })
    .returning()
  return taken ?? null
}

/** The statement that refuses its list where the lease has been taken since, and lets nobody take it until the list ends. */
export function stillHeld(tx: Query, { name, fence }: Pick<SeenLease, 'name' | 'fence'>) {
  return must('lost', held(tx, { name, fence }))
}

const held = filled((tx: Query, { name, fence }: Pick<SeenLease, 'name' | 'fence'>) =>
  heldRow(
    tx
      .select({ fence: leases.fence })
      .from(leases)
      .where(and(eq(leases.name, name), eq(leases.fence, fence))),
  ),
)
