import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { FactKind } from '../../../server/rules/evidence/facts.ts'
import type { Database } from '../../database.ts'
import type { Digest } from '../../evidence/digest.ts'
import { digests } from '../../schema/index.ts'

/** The digests of some rows, those of each in the order of what they are of: what was taken up first. */
export type DigestsByRow = (kind: FactKind, row: string) => readonly Digest[]

/** The digests of these rows, whatever they are of. */
export async function digestsOfRows(db: Database, rows: readonly string[]): Promise<DigestsByRow> {
  const byRow = new Map<string, Digest[]>()
  if (rows.length > 0) {
    const found = await db.query
      .select()
      .from(digests)
      .where(inArray(digests.row, [...rows]))
      .orderBy(desc(digests.takenUp), asc(digests.number))
    for (const digest of found) {
      const key = `${digest.kind} ${digest.row}`
      const before = byRow.get(key) ?? []
      // One that stands there twice was copied, to pass for the latest.
      if (before.some((one) => one.digest === digest.digest)) continue
      byRow.set(key, [...before, digest])
    }
  }
  return (kind, row) => byRow.get(`${kind} ${row}`) ?? []
}

/** Whether what was there before there were digests has some by now: from then on, what has none was forged. */
export async function isAllTakenUp(db: Database): Promise<boolean> {
  return (await takenUpMark(db)) !== null
}

/** The mark of that, whose version is the number of the last entry of the log that has none; null while there is none. */
export async function takenUpMark(db: Database): Promise<Digest | null> {
  const { kind, row } = allTakenUp
  const [mark] = await db.query
    .select()
    .from(digests)
    .where(and(eq(digests.row, row), eq(digests.kind, kind)))
    .orderBy(asc(digests.number))
    .limit(1)
  return mark ?? null
}

/** The mark that all that was there has its digest. */
export const allTakenUp = { kind: 'taken_up', row: 'all' } as const
