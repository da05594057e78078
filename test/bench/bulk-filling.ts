import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { sqliteFile } from '../../db/url.ts'

/**
 * Runs what fills a database while it has no indexes but unique ones, and makes them afterwards: sorting once costs a
 * fraction of finding a place in each for every row. A server does not look after references meanwhile.
 */
export async function withoutIndexes(url: string, fill: () => Promise<void>): Promise<void> {
  const file = sqliteFile(url)
  const tell = file ? tellSqlite(file) : tellPostgres(url)
  const found = await tell(file ? indexesOfSqlite : indexesOfPostgres)
  for (const { name } of found) await tell(`DROP INDEX "${name}"`)
  if (!file) await tell(forDatabase('SET session_replication_role = replica'))
  await fill()
  if (!file) await tell(forDatabase('RESET session_replication_role'))
  for (const { made } of found) await tell(made)
}

interface Index {
  name: string
  /** The statement that makes it. */
  made: string
}

const indexesOfSqlite = `SELECT name, sql AS made FROM sqlite_schema 
  WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'`
const indexesOfPostgres = `SELECT indexname AS name, indexdef AS made FROM pg_indexes
  WHERE schemaname = 'public' AND indexdef LIKE 'CREATE INDEX %'`

/** A setting of whoever connects to this database from now on. */
function forDatabase(setting: string): string {
  return `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I ${setting}', current_database()); END $$`
}

function tellSqlite(file: string) {
  return async (statement: string): Promise<Index[]> => {
    const db = new Sqlite(file)
    const prepared = db.prepare<[], Index>(statement)
    const rows = prepared.reader ? prepared.all() : []
    if (!prepared.reader) prepared.run()
    db.close()
    return rows
  }
}

function tellPostgres(url: string) {
  return async (statement: string): Promise<Index[]> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query<Index>(statement)
    await client.end()
    return rows
  }
}
