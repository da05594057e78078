import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from '../db/database.ts'
import * as schema from '../db/schema/index.ts'

/** The names of the tables of which a row has something like this in whatever column, in order. */
export async function tablesWith(db: Database, sought: RegExp): Promise<string[]> {
  const found: string[] = []
  for await (const { name, rows } of everyTable(db)) {
    if (rows.some((row) => sought.test(JSON.stringify(row)))) found.push(name)
  }
  return found.sort()
}

/** Every table with all of its rows. */
export async function* everyTable(db: Database): AsyncGenerator<{ name: string; rows: object[] }> {
  for (const table of Object.values<unknown>(schema)) {
    if (!is(table, PgTable) && !is(table, SQLiteTable)) continue
    const rows = await db.query.select().from(table as PgTable)
    yield { name: getTableName(table), rows }
  }
}
