import { copyFileSync, mkdtempSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { inject } from 'vitest'
import { dialect } from '../db/columns.ts'
import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

/** A database that is kept open from test to test, and how it becomes as empty as a new one. */
interface Kept {
  db: Database
  url: string
  empty(): Promise<void>
}

const idle: Kept[] = []

/**
 * An empty database of this project's engine, open. Opening one takes ten times as long as emptying one, so it is
 * lent: whoever drops it hands it on, as a fresh copy of the template, to the next test of this process.
 */
export async function lentDatabase(): Promise<TestDatabase> {
  const kept = idle.pop() ?? (await (dialect === 'postgres' ? onServer() : inFile(inject('template'))))
  const { db, url } = kept
  // Once: whoever gave it back twice would have it lent to two at a time.
  let isOver = false
  const close = async () => {
    if (isOver) return
    isOver = true
    await db.close()
  }
  const drop = async () => {
    if (isOver) return
    isOver = true
    await kept.empty()
    idle.push(kept)
  }
  // A copy: what a test puts in the place of a method goes with it.
  return { db: { ...db, close }, url, drop }
}

/** Beside the template, which goes with all that is there at the end of the run. */
async function inFile(template: string): Promise<Kept> {
  const file = join(mkdtempSync(join(dirname(template), 'lent-')), 'portal.db')
  copyFileSync(template, file)
  const url = `file:${file}`
  const source = new Sqlite(template, { readonly: true })
  return { db: await openDatabase({ url }), url, empty: async () => void (await source.backup(file)) }
}

/** A copy of the template costs 80 ms on a server, and forgetting all rows a few; the triggers that refuse it sleep. */
async function onServer(): Promise<Kept> {
  const { db, url } = await freshDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'applied_migrations'",
  )
  const { rows: sequences } = await client.query<{ name: string }>(
    "SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace",
  )
  const forget = [
    'BEGIN; SET LOCAL session_replication_role = replica',
    ...tables.map(({ name }) => `DELETE FROM ${name}`),
    ...sequences.map(({ name }) => `SELECT setval('${name}', 1, false)`),
    'COMMIT',
  ].join('; ')
  return { db, url, empty: async () => void (await client.query(forget)) }
}
