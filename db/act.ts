import type { ActName } from '../server/rules/log/act-names.ts'
import type { Query } from './atomically.ts'
import { log } from './schema/index.ts'

/** Who of the staff does what is stored, and when. */
export interface Act {
  staffId: string
  now: Date
}

/**
 * The statement that enters an act in the log, for the list that does it.
 * @param staffId null for the public, and for an operator at the command line
 */
export function logAct(
  tx: Pick<Query, 'insert'>,
  { staffId, now }: { staffId: string | null; now: Date },
  act: ActName,
  subject: string,
  detail: Record<string, unknown> = {},
) {
  return tx.insert(log).values({ at: now, staffId, act, subject, detail })
}
