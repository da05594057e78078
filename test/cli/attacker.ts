import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { dialect } from '../../db/columns.ts'
import { sqliteFile } from '../../db/url.ts'

/** Somebody who writes to the database past the portal, whatever triggers and references say. @returns the rows of the last */
export async function asAttacker(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  return dialect === 'postgres' ? onServer(url, statements) : inFile(sqliteFile(url) ?? url, statements)
}

async function onServer(url: string, statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) ({ rows } = await client.query(statement))
    return rows
  } finally {
    await client.end()
  }
}

function inFile(file: string, statements: string[]): Record<string, unknown>[] {
  const db = new Sqlite(file)
  try {
    db.pragma('foreign_keys=0')
    db.exec('DROP TRIGGER IF EXISTS log_keeps_what_it_says; DROP TRIGGER IF EXISTS log_keeps_its_rows')
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) {
      const prepared = db.prepare<[], Record<string, unknown>>(statement)
      if (prepared.reader) rows = prepared.all()
      else prepared.run()
    }
    return rows
  } finally {
    db.close()
  }
}
