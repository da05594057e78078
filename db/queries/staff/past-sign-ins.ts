import { and, asc, count, desc, eq, gt } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { log, staff } from '../../schema/index.ts'

/** What happened to an account between the sign-in before this one and now. */
export interface PastSignIns {
  /** null where this is the first. */
  last: Date | null
  failures: number
  /** Whose authenticator's codes were refused meanwhile, after too many that were wrong. */
  refused: { staffId: string; name: string; at: Date }[]
}

/**
 * What the log says of sign-ins since the one before the latest.
 * @param ofAll whether they are told of the refused codes of every account, as an administrator is
 */
export async function pastSignIns(db: Database, staffId: string, ofAll: boolean): Promise<PastSignIns> {
  const [, last] = await db.query
    .select({ number: log.number, at: log.at })
    .from(log)
    .where(and(eq(log.subject, staffId), eq(log.act, 'staff.sign_in')))
    .orderBy(desc(log.number))
    .limit(2)
  const since = gt(log.number, last?.number ?? 0)
  const own = eq(log.subject, staffId)
  const [[failed], refused] = await Promise.all([
    db.query
      .select({ count: count() })
      .from(log)
      .where(and(since, own, eq(log.act, 'staff.sign_in_failed'))),
    db.query
      .select({ staffId: staff.id, name: staff.name, at: log.at })
      .from(log)
      .innerJoin(staff, eq(staff.id, log.subject))
      .where(and(since, ofAll ? undefined : own, eq(log.act, 'staff.codes_refused')))
      .orderBy(asc(log.number)),
  ])
  return { last: last?.at ?? null, failures: failed?.count ?? 0, refused }
}
