import { asc, desc, inArray } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { log, logSeals } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import type { Chain, Head } from './chain.ts'
import { type ChainProblem, verifyChain } from './chain-check.ts'

/** The log, which its seals chain. */
export const logChain: Chain<typeof log.$inferSelect> = {
  work: 'log_seals',
  rows: log,
  seals: logSeals,
  read: (db, numbers) =>
    db.query
      .select()
      .from(log)
      .where(inArray(log.number, [...numbers]))
      .orderBy(asc(log.number)),
  line: ({ number, at, staffId, act, subject, detail }) => [
    number,
    at.getTime(),
    staffId,
    act,
    subject,
    detail,
  ],
  lateNumbers: 200,
  recentSeals: 200,
  isEveryRowSealed: true,
  wasMarkedFromTheStart: false,
}

/** The hash of the newest seal, over the whole log before it; null before there is one. */
export async function logHash(db: Database): Promise<string | null> {
  const [newest] = await db.query
    .select({ hash: logSeals.hash })
    .from(logSeals)
    .orderBy(desc(logSeals.number))
    .limit(1)
  return newest?.hash ?? null
}

/** What is wrong with the log. @param known a head that was written down elsewhere; null where there is none */
export function verifyLog(
  db: Database,
  seals: Seals,
  known: Head | null,
  isKeyLost = false,
): Promise<ChainProblem[]> {
  return verifyChain(db, seals, logChain, known, isKeyLost)
}
