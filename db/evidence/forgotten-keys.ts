import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { FactKind } from '../../server/rules/evidence/facts.ts'
import type { Query } from '../atomically.ts'
import { digests } from '../schema/index.ts'

/** The statement after which the digests of these rows tell nothing of what they were made over. */
export function forgetKeys(tx: Pick<Query, 'update'>, kind: FactKind, isMeant: SQL | undefined) {
  return tx
    .update(digests)
    .set({ key: null })
    .where(and(eq(digests.kind, kind), isMeant))
}

/** All that a row said before what it says now. */
export function isEarlier(): SQL {
  return sql`exists (select 1 from digests later where later.row_id = ${digests.row} and later.kind = ${digests.kind} and (later.taken_up < ${digests.takenUp} or later.taken_up = ${digests.takenUp} and later.number > ${digests.number}))`
}
