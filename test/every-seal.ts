import { getTableName, is, Table } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { sealedColumns } from '../db/queries/upkeep/sealed-columns.ts'
import * as schema from '../db/schema/index.ts'
import type { Seals } from '../db/sealing/sealed.ts'

/** By table and property, the ids of the keys that are named by whatever is sealed anywhere in the database. */
export async function keysInUse(db: Pick<Database, 'query'>): Promise<Record<string, string[]>> {
  const found = new Map<string, Set<string>>()
  for (const table of Object.values(schema).filter((value) => is(value, Table))) {
    for (const row of await db.query.select().from(table)) {
      for (const [property, value] of Object.entries(row)) {
        for (const [, id = ''] of JSON.stringify(value).matchAll(/aes-256-gcm\.(\w+)\./g)) {
          const place = `${getTableName(table)}.${property}`
          found.set(place, (found.get(place) ?? new Set()).add(id))
        }
      }
    }
  }
  return Object.fromEntries([...found].sort().map(([place, ids]) => [place, [...ids].sort()]))
}

/** Grows by every act, whatever it stores. */
const evidence = ['digests', 'digest_seals', 'log_seals']

/** Opens all that is sealed. @returns how many values there were but for evidence @throws BrokenSeal */
export async function openEverySeal(db: Pick<Database, 'query'>, seals: Seals): Promise<number> {
  let opened = 0
  for (const { table, column, keys, placeOf } of sealedColumns) {
    const [first, second] = keys
    const rows = await db.query.select({ sealed: column, first, second }).from(table)
    for (const row of rows) {
      if (row.sealed === null) continue
      seals.open(String(row.sealed), placeOf([String(row.first), String(row.second)]))
      if (!evidence.includes(getTableName(table))) opened += 1
    }
  }
  return opened
}
