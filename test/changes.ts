import { count, getTableName, is, sql, Table } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import * as schema from '../db/schema/index.ts'

const tables = Object.values(schema).filter((value) => is(value, Table))

/** How much was ever written to this database, in numbers that any write changes, whatever it writes. */
export function changesOf(db: Database): Promise<unknown> {
  return process.env.DATABASE_URL?.startsWith('postgres') ? onPostgres(db) : onSqlite(db)
}

/** By the counter of the one connection that writes: only a list runs there. */
async function onSqlite(db: Database): Promise<unknown> {
  const counter = { total: sql<number>`total_changes()`, settings: count() }
  const [[row]] = await db.atomically((tx) => [tx.select(counter).from(schema.settings)])
  return row?.total
}

/** By the transactions that wrote the rows: a row that is written anew is of another one. */
function onPostgres({ query }: Database): Promise<unknown> {
  const written = sql<string>`concat(count(*), ' ', sum(xmin::text::bigint))`
  return Promise.all(
    tables.map(async (table) => [getTableName(table), await query.select({ written }).from(table as never)]),
  )
}
