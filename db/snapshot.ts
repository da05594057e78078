import pg from 'pg'
import type { Database } from './database.ts'
import { postgresQuery } from './postgres.ts'
import { sqliteQuery } from './sqlite.ts'
import { connect } from './sqlite-settings.ts'
import { sqliteFile } from './url.ts'

/**
 * Opens a connection of its own that only reads, and reads everything as it is at this moment, however long that takes:
 * what is made from it agrees with itself while comments come in. The tables must be up to date.
 */
export async function openSnapshot(url: string): Promise<Database> {
  const file = sqliteFile(url)
  return file ? sqliteSnapshot(file) : postgresSnapshot(url)
}

/** In WAL mode a read transaction sees the file as it was when it first read (https://sqlite.org/isolation.html). */
function sqliteSnapshot(file: string): Database {
  const reader = connect(file, { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM sqlite_schema')
  const query = sqliteQuery(async (sql, params) => ({
    rows: reader
      .prepare(sql)
      .raw()
      .all(...params),
  }))
  return {
    query,
    slow: query,
    atomically: onlyReads,
    lastChange: () => Number.NEGATIVE_INFINITY,
    overwriteFreed: onlyReads,
    close: async () => void reader.close(),
  }
}

/** A pool of one: whatever asks at the same time waits its turn in the one transaction. */
async function postgresSnapshot(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'portal papers',
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 10_000,
  })
  // A second connection would read another moment: with the first lost, all is.
  let ended: Promise<void> | undefined
  const end = () => {
    ended ??= pool.end()
    return ended
  }
  pool.on('error', end)
  pool.on('remove', end)
  await pool.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await pool.query('SELECT count(*) FROM applied_migrations')
  const query = postgresQuery(pool)
  return {
    query,
    slow: query,
    atomically: onlyReads,
    lastChange: () => Number.NEGATIVE_INFINITY,
    overwriteFreed: onlyReads,
    close: end,
  }
}

const onlyReads = () => Promise.reject(new Error('a snapshot is only for reading'))
