import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { DatabaseInUse } from '../restore.ts'
import { connect } from '../sqlite-settings.ts'
import { UnusableDatabase } from '../unusable-database.ts'
import { sqliteFile } from '../url.ts'
import { postgresRows } from './postgres-rows.ts'
import { postgresTarget } from './postgres-target.ts'
import { sqliteRows } from './sqlite-rows.ts'
import { sqliteTarget } from './sqlite-target.ts'
import type { RowSource, RowTarget } from './stored-rows.ts'

/** A database as it is at this moment, however long it is read and whatever is written meanwhile. */
export async function openRows(url: string): Promise<RowSource> {
  const file = sqliteFile(url)
  if (!file) return openServer(url)
  const db = connect(file, { readonly: true, fileMustExist: true })
  db.exec('BEGIN; SELECT count(*) FROM sqlite_schema')
  return { ...sqliteRows(db), close: async () => void db.close() }
}

async function openServer(url: string): Promise<RowSource> {
  const client = new pg.Client({ connectionString: url, application_name: 'portal backup' })
  await client.connect()
  try {
    await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    return { ...(await postgresRows(client)), close: () => client.end() }
  } catch (error) {
    await client.end()
    throw error
  }
}

/**
 * A SQLite database that nobody else has open, and nobody else can open before it is closed.
 * @throws DatabaseInUse
 */
export function openAlone(file: string): RowSource {
  const db = new Sqlite(file, { fileMustExist: true, timeout: 1000 })
  try {
    // In this mode the lock that is taken now is kept to the end.
    db.pragma('locking_mode=exclusive')
    db.exec('BEGIN IMMEDIATE; COMMIT')
    return { ...sqliteRows(db), close: async () => void db.close() }
  } catch (error) {
    db.close()
    throw Object(error).code === 'SQLITE_BUSY' ? new DatabaseInUse() : error
  }
}

/**
 * A SQLite file that was laid aside, which is not written to.
 * @throws UnusableDatabase where SQLite finds it damaged
 */
export function openLaidAside(file: string): RowSource {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true })
  try {
    const verdict = db.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw new UnusableDatabase(`数据库已损坏：${verdict}`)
    return { ...sqliteRows(db), close: async () => void db.close() }
  } catch (error) {
    db.close()
    throw error
  }
}

/** The database that an address names, to be filled. @throws UnusableDatabase where a server has anything in it */
export async function openTarget(url: string, steps: readonly string[]): Promise<RowTarget> {
  const file = sqliteFile(url)
  return file ? sqliteTarget(file, steps) : postgresTarget(url, steps)
}
