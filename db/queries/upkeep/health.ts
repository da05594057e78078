import { sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { consultations } from '../../schema/index.ts'

/** Whether the database answers a read. */
export async function isReachable(db: Database): Promise<boolean> {
  try {
    await db.query.select({ one: sql`1` }).from(consultations).limit(1)
    return true
  } catch {
    return false
  }
}
