import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { signInFailures } from '../../schema/index.ts'

const remembered = 15 * 60 * 1000

/** How often signing in under a name has failed, with no quarter of an hour without a failure between. */
export async function failuresOf(db: Database, nameHash: string, now: Date): Promise<number> {
  const [row] = await db.query
    .select({ count: signInFailures.count })
    .from(signInFailures)
    .where(and(eq(signInFailures.nameHash, nameHash), gt(signInFailures.lastAt, longAgo(now))))
  return row?.count ?? 0
}

/** Whose sign-in failed. */
interface Failure {
  nameHash: string
  /** For the log; null where nobody has this name. */
  staffId: string | null
  /** Whether it is the one after which the account takes no code of an authenticator. */
  isLastCode: boolean
}

/** Counts a failure. */
export async function recordFailure(
  db: Database,
  { nameHash, staffId, isLastCode }: Failure,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(signInFailures).where(lte(signInFailures.lastAt, longAgo(now))),
    tx
      .insert(signInFailures)
      .values({ nameHash, count: 1, lastAt: now })
      .onConflictDoUpdate({
        target: signInFailures.nameHash,
        set: { count: sql`${signInFailures.count} + 1`, lastAt: now },
      }),
    ...(staffId === null ? [] : [logAct(tx, { staffId, now }, 'staff.sign_in_failed', staffId)]),
    ...(staffId !== null && isLastCode ? [logAct(tx, { staffId, now }, 'staff.codes_refused', staffId)] : []),
  ])
}

function longAgo(now: Date): Date {
  return new Date(now.getTime() - remembered)
}
