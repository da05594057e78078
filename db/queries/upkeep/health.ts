import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { consultations, leases } from '../../schema/index.ts'

/** Whether the database answers a read. */
export async function isReachable(db: Database): Promise<boolean> {
  try {
    await db.query.select({ one: sql`1` }).from(consultations).limit(1)
    return true
  } catch {
    return false
  }
}

/** Whether the database takes a write and has it on the disk; nothing stays of it. @param holder who tries */
export async function takesWrites(db: Database, holder: string): Promise<boolean> {
  const name = `ready ${holder}`
  try {
    await db.atomically((tx) => [
      tx.insert(leases).values({ name, holder, until: new Date(0), fence: 0 }),
      tx.delete(leases).where(eq(leases.name, name)),
    ])
    return true
  } catch {
    return false
  }
}
