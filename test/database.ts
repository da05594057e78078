import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { dialect } from '../db/columns.ts'
import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open.ts'
import { sqliteFile } from '../db/url.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of a migrated SQLite file. */
    template: string
    /** The address of a running PostgreSQL, with a migrated database named `template`. */
    postgres: string
  }
}

export interface TestDatabase {
  db: Database
  url: string
  /** Closes it and leaves nothing behind. */
  drop(): Promise<void>
}

/** A migrated, empty database of this project's engine. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { url, remove } = dialect === 'postgres' ? await onServer('template') : inFile(inject('template'))
  const db = await openDatabase({ url })
  return {
    db,
    url,
    drop: async () => {
      await db.close()
      await remove()
    },
  }
}

/** A database without a table, of this project's engine. */
export async function emptyDatabase(): Promise<{ url: string; remove(): Promise<void> }> {
  return dialect === 'postgres' ? onServer('template0') : inFile()
}

/** The address of a database without a table, which goes with all others at the end of the run. */
export async function lastingDatabase(): Promise<string> {
  if (dialect === 'postgres') return (await emptyDatabase()).url
  return `file:${join(mkdtempSync(join(dirname(inject('template')), 'lasting-')), 'portal.db')}`
}

/** A copy of a database that nobody has open. */
export async function copiedDatabase(url: string): Promise<{ url: string; remove(): Promise<void> }> {
  return dialect === 'postgres' ? onServer(basename(url)) : inFile(sqliteFile(url) ?? '')
}

function inFile(template?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'portal-test-'))
  const file = join(folder, 'portal.db')
  if (template) copyFileSync(template, file)
  return { url: `file:${file}`, remove: async () => rmSync(folder, { recursive: true, force: true }) }
}

async function onServer(template: string) {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await tellServer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  return {
    url: `${inject('postgres')}/${name}`,
    remove: () => tellServer(`DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function tellServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${inject('postgres')}/postgres` })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
