import { logFact } from '../server/rules/evidence/office-facts.ts'
import type { ActName } from '../server/rules/log/act-names.ts'
import type { Query } from './atomically.ts'
import type { Database } from './database.ts'
import { attests } from './evidence/attested.ts'
import { filled } from './filled.ts'
import { idAt } from './id-at.ts'
import { log } from './schema/index.ts'

/** Who of the staff does what is stored, and when; null for the public, and for an operator at the command line. */
export interface Act<Who extends string | null = string> {
  staffId: Who
  now: Date
}

/** The statement that enters an act in the log, for the list that does it. */
export function logAct(
  tx: Pick<Query, 'insert'>,
  { staffId, now }: Act<string | null>,
  act: ActName,
  subject: string,
  detail: Record<string, unknown> = {},
) {
  const entry = { id: idAt(now), at: now, staffId, act, subject, detail }
  return attests(insertEntry(tx, entry), now, logFact(entry))
}

const insertEntry = filled((tx: Pick<Query, 'insert'>, entry: typeof log.$inferInsert) =>
  tx.insert(log).values(entry),
)

/** Enters an act in the log that stores nothing else. */
export async function logAlone(db: Database, ...act: LoggedAct): Promise<void> {
  await db.atomically((tx) => [logAct(tx, ...act)])
}

type LoggedAct = Parameters<typeof logAct> extends [unknown, ...infer Rest] ? Rest : never
