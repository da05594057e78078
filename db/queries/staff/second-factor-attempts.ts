import { eq, sql } from 'drizzle-orm'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { secondFactorAttempts } from '../../schema/index.ts'

/**
 * Counts an attempt before what was typed is looked at, so that of several in work at a time one goes on, on whichever
 * node they are.
 * @param seen how many there were when the attempt began
 * @throws Refused where another was counted since
 */
export async function takeAttempt(db: Database, staffId: string, seen: number): Promise<void> {
  const { count } = secondFactorAttempts
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .insert(secondFactorAttempts)
        .values({ staffId, count: 1 })
        .onConflictDoUpdate({
          target: secondFactorAttempts.staffId,
          set: { count: sql`${count} + 1` },
          setWhere: eq(count, seen),
        })
        .returning({ count }),
    ),
  ])
}
