import type { Database } from '../../../db/open.ts'
import type { Mapped } from '../../../db/queries/rounds.ts'
import type { Draft } from '../../text/outline.ts'

/** A draft whose clauses bear their lasting keys, with how they came out of the round before. */
export interface Carried {
  keyed: Draft
  mapped: Mapped
}

/** Carries the keys of the round before on to a draft; in a first round each clause is new. */
export async function carryOn(
  _db: Database,
  _consultationId: string,
  _number: number,
  draft: Draft,
): Promise<Carried> {
  return { keyed: draft, mapped: [] }
}
