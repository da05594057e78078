import type { ActName } from '../server/rules/log/act-names.ts'
import type { Query } from './atomically.ts'
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
  return tx.insert(log).values({ at: now, staffId, act, subject, detail })
}
