import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { earlierCopy } from '../earlier-copies.ts'
import { pendingIn, stepsOf } from '../migration-steps.ts'
import { putInPlace, removeCopy } from '../restore.ts'
import { sqliteQuery } from '../sqlite.ts'
import { appliedSteps, applyStep, assertReferences } from '../sqlite-migrate.ts'
import { connect } from '../sqlite-settings.ts'
import { searchEntries } from './searched-words.ts'
import { sqliteRows } from './sqlite-rows.ts'
import type { RowTarget, StoredTable } from './stored-rows.ts'

/**
 * A file that is filled beside the database and takes its place when it is kept; what lay there stays beside it.
 * @param steps by which its tables are made, as the rows were stored in them
 */
export function sqliteTarget(file: string, steps: readonly string[]): RowTarget {
  const copy = `${file}.restoring`
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  removeCopy(copy)
  const db = connect(copy, { migrating: true })
  fillQuickly(db)
  // In a transaction the steps' own settings of foreign keys are without effect.
  db.exec('BEGIN')
  for (const step of stepsOf(steps, 'sqlite')) applyStep(db, step)
  const stored = sqliteRows(db)
  const indexes = withoutIndexes(db)

  return {
    ...stored,
    query: sqliteQuery(async (sql, params) => ({
      rows: db
        .prepare(sql)
        .raw()
        .all(...params),
    })),
    canonical: (_table, row) => row,
    async put(table, rows) {
      const insert = insertInto(db, table)
      for (const row of rows) insert.run(...row)
    },
    async countOn(table, last) {
      db.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table)
      db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, last)
    },
    async complete() {
      for (const statement of indexes) db.exec(statement)
      for (const step of pendingIn(`${import.meta.dirname}/..`, 'sqlite')(appliedSteps(db)))
        applyStep(db, step)
      assertReferences(db)
      await fillSearches(db)
      db.exec('COMMIT')
    },
    async keep() {
      db.pragma('journal_mode=wal')
      db.close()
      sync(copy)
      putInPlace({ copy, file, kept: earlierCopy(file, new Date()) })
    },
    async close() {
      db.close()
      removeCopy(copy)
    },
  }
}

/** Nobody reads the file before it is whole and on the disk, and what is interrupted is thrown away. */
function fillQuickly(db: Sqlite.Database): void {
  for (const setting of ['journal_mode=off', 'synchronous=off', 'cache_size=-262144']) db.pragma(setting)
}

/** An index is built faster than it is kept up, row by row. @returns the statements that build them again */
function withoutIndexes(db: Sqlite.Database): string[] {
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all()
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`)
  return indexes.map(({ sql }) => sql)
}

function insertInto(db: Sqlite.Database, { name, columns }: StoredTable): Sqlite.Statement {
  const names = columns.map((column) => `"${column}"`)
  return db.prepare(`INSERT INTO "${name}" (${names}) VALUES (${columns.map(() => '?')})`)
}

async function fillSearches(db: Sqlite.Database): Promise<void> {
  // Comments are read while the indexes are written, and nothing else.
  db.unsafeMode()
  for await (const entries of searchEntries(sqliteRows(db))) {
    for (const index of ['public', 'staff'] as const) {
      const insert = db.prepare(`INSERT INTO ${index}_search (rowid, words) VALUES (?, ?)`)
      for (const { comment, words } of entries[index]) insert.run(comment, words)
    }
  }
}

function sync(file: string): void {
  const opened = openSync(file, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
