import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { migrate } from '../../db/migrate.ts'
import { sqliteFile } from '../../db/url.ts'
import { emptyDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof emptyDatabase>>
let folder: string

beforeEach(async () => {
  database = await emptyDatabase()
  folder = mkdtempSync(join(tmpdir(), 'portal-migrations-'))
})
afterEach(async () => {
  await database.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Puts these migrations in the folder, as drizzle-kit does, with the file that runs after each. */
function release(...migrations: string[]) {
  const engine = join(folder, 'migrations', dialect)
  mkdirSync(join(engine, 'meta'), { recursive: true })
  const entries = migrations.map((sql, idx) => {
    writeFileSync(join(engine, `${idx}.sql`), sql)
    return { idx, version: '6', when: idx + 1, tag: String(idx), breakpoints: true }
  })
  writeFileSync(join(engine, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect, entries }))
  writeFileSync(join(folder, `triggers-and-search.${dialect}.sql`), triggers[dialect])
}

const tables = `
  CREATE TABLE comments (id integer PRIMARY KEY, state text NOT NULL);
--> statement-breakpoint
  CREATE TABLE decisions (id integer PRIMARY KEY, comment_id integer NOT NULL REFERENCES comments ON DELETE CASCADE);
`
const rows = `
  INSERT INTO comments VALUES (3, 'pending'), (7, 'published');
  INSERT INTO decisions VALUES (1, 7);
`
const triggers = {
  sqlite: `
    DROP TRIGGER IF EXISTS kept;
    CREATE TRIGGER kept BEFORE DELETE ON comments BEGIN SELECT RAISE(ABORT, 'kept'); END;
  `,
  postgres: `
    CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$;
    DROP TRIGGER IF EXISTS kept ON comments;
    CREATE TRIGGER kept BEFORE DELETE ON comments FOR EACH ROW EXECUTE PROCEDURE keep();
  `,
}
/** A changed check, as drizzle-kit writes it: on SQLite the table is built anew. */
const changedCheck = {
  sqlite: `
    PRAGMA foreign_keys=OFF;
--> statement-breakpoint
    CREATE TABLE __new_comments (id integer PRIMARY KEY, state text NOT NULL, CHECK (state <> ''));
--> statement-breakpoint
    INSERT INTO __new_comments SELECT id, state FROM comments;
--> statement-breakpoint
    DROP TABLE comments;
--> statement-breakpoint
    ALTER TABLE __new_comments RENAME TO comments;
--> statement-breakpoint
    PRAGMA foreign_keys=ON;
  `,
  postgres: `ALTER TABLE comments ADD CHECK (state <> '');`,
}

async function ask(sql: string, url = database.url): Promise<unknown[]> {
  const file = sqliteFile(url)
  if (file) {
    const db = new Sqlite(file)
    try {
      if (!/^\s*SELECT/.test(sql)) db.exec(sql)
      return /^\s*SELECT/.test(sql) ? db.prepare(sql).all() : []
    } finally {
      db.close()
    }
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const allComments = 'SELECT id, state FROM comments ORDER BY id'
const filled = [
  { id: 3, state: 'pending' },
  { id: 7, state: 'published' },
]

test('a filled database keeps its rows, their keys, what refers to them and its triggers', async () => {
  release(tables)
  await migrate(database.url, folder)
  await ask(rows)
  release(tables, changedCheck[dialect])
  await migrate(database.url, folder)
  expect(await ask(allComments)).toEqual(filled)
  expect(await ask('SELECT id, comment_id FROM decisions')).toEqual([{ id: 1, comment_id: 7 }])
  await expect(ask(`INSERT INTO comments VALUES (8, '')`)).rejects.toThrow(/check/i)
  await expect(ask('DELETE FROM comments')).rejects.toThrow('kept')
})

test('what is up to date is left alone', async () => {
  release(tables)
  await migrate(database.url, folder)
  await migrate(database.url, folder)
  expect(await ask('SELECT name FROM applied_migrations ORDER BY name')).toEqual([
    { name: '1' },
    { name: 'triggers-and-search' },
  ])
})

test('portals that start together migrate once', async () => {
  release(tables)
  await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, folder)))
  expect(await ask(allComments)).toEqual([])
})

test('a migration that fails changes nothing', async () => {
  release(tables)
  await migrate(database.url, folder)
  await ask(rows)
  release(tables, 'DROP TABLE decisions;', 'INSERT INTO comments VALUES (7, NULL);')
  await expect(migrate(database.url, folder)).rejects.toThrow()
  expect(await ask('SELECT id FROM decisions')).toEqual([{ id: 1 }])
})

test('a migration that would leave a reference without its row changes nothing', async () => {
  release(tables)
  await migrate(database.url, folder)
  await ask(rows)
  release(tables, 'UPDATE comments SET id = 8 WHERE id = 7;')
  await expect(migrate(database.url, folder)).rejects.toThrow(/foreign key|references without their row/)
  expect(await ask(allComments)).toEqual(filled)
})

test('a database that a newer portal made is refused', async () => {
  release(tables, changedCheck[dialect])
  await migrate(database.url, folder)
  release(tables)
  await expect(migrate(database.url, folder)).rejects.toThrow('由另一版本的门户建立')
})

test.runIf(dialect === 'sqlite')(
  'a file that holds anything is copied first, readable by its owner alone',
  async () => {
    release(tables)
    await migrate(database.url, folder)
    await ask(rows)
    const file = sqliteFile(database.url) ?? ''
    const copies = () => readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.`))
    expect(copies()).toEqual([])
    release(tables, 'DELETE FROM decisions;')
    await migrate(database.url, folder)
    expect(copies()).toHaveLength(1)
    const copy = `file:${join(dirname(file), copies()[0] ?? '')}`
    expect(await ask('SELECT id FROM decisions', copy)).toEqual([{ id: 1 }])
  },
)
