import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { sqliteFile } from '../db/url.ts'
import type { Config } from '../server/config.ts'

/** A file and what is in it. */
export interface Stored {
  name: string
  bytes: Buffer
}

/** Every file of the database's engine, and every file under DATA_DIR. */
export async function storedBytes({ databaseUrl, dataDir }: Config): Promise<Stored[]> {
  const file = sqliteFile(databaseUrl)
  return [...(file ? sqliteFiles(file) : await relationFiles(databaseUrl)), ...filesUnder(dataDir)]
}

function sqliteFiles(file: string): Stored[] {
  return ['', '-wal', '-shm', '-journal'].flatMap((end) => {
    const path = `${file}${end}`
    return existsSync(path) ? [{ name: `portal.db${end}`, bytes: readFileSync(path) }] : []
  })
}

/** What PostgreSQL keeps of this database's tables, their long values and indexes. */
async function relationFiles(url: string): Promise<Stored[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // As autovacuum does it: its samples must not hold what was erased later.
    await client.query('ANALYZE')
    await client.query('CHECKPOINT')
    const { rows } = await client.query<{ name: string; path: string; folder: string }>(
      `SELECT relname AS name, pg_relation_filepath(oid) AS path, current_setting('data_directory') AS folder
       FROM pg_class WHERE relkind IN ('r', 'i', 't') AND pg_relation_filepath(oid) IS NOT NULL`,
    )
    return rows.map(({ name, path, folder }) => ({ name, bytes: readFileSync(join(folder, path)) }))
  } finally {
    await client.end()
  }
}

export function filesUnder(folder: string): Stored[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: join(entry.parentPath, entry.name).slice(folder.length + 1),
      bytes: Buffer.concat([Buffer.from(entry.name), readFileSync(join(entry.parentPath, entry.name))]),
    }))
}

/** Every word that a search index of a SQLite file has, deleted ones that are still there too. */
export function indexedWords(file: string, index: 'public_search' | 'staff_search'): string[] {
  const db = new Sqlite(file, { readonly: true })
  try {
    db.exec(`CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, ${index}, row)`)
    return db.prepare<[], string>('SELECT term FROM temp.vocabulary').pluck().all()
  } finally {
    db.close()
  }
}
