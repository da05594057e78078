import { asc, eq, inArray } from 'drizzle-orm'
import type { FactKind } from '../../../server/rules/evidence/facts.ts'
import type { Database } from '../../database.ts'
import type { Digest } from '../../evidence/digest.ts'
import { digests } from '../../schema/index.ts'

/** The digests of some rows, those of each in the order in which they were made. */
export type DigestsByRow = (kind: FactKind, row: string) => readonly Digest[]

/** The digests of these rows, whatever they are of. */
export async function digestsOfRows(db: Database, rows: readonly string[]): Promise<DigestsByRow> {
  const byRow = new Map<string, Digest[]>()
  if (rows.length > 0) {
    const found = await db.query
      .select()
      .from(digests)
      .where(inArray(digests.row, [...rows]))
      .orderBy(asc(digests.number))
    for (const digest of found) {
      const key = `${digest.kind} ${digest.row}`
      byRow.set(key, [...(byRow.get(key) ?? []), digest])
    }
  }
  return (kind, row) => byRow.get(`${kind} ${row}`) ?? []
}

/** Whether what was there before there were digests has some by now: from then on, what has none was forged. */
export async function isAllTakenUp(db: Database): Promise<boolean> {
  const kind: FactKind = 'taken_up'
  return (await db.query.$count(digests, eq(digests.kind, kind))) > 0
}
