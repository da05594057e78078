import type Sqlite from 'better-sqlite3'
import { tagsOf } from '../migration-steps.ts'
import { appliedSteps } from '../sqlite-migrate.ts'
import { UnusableDatabase } from '../unusable-database.ts'
import { type Row, type StoredRows, type StoredTable, together } from './stored-rows.ts'

/** The rows that a connection sees. Where they have to be of one moment, it is in a transaction. */
export function sqliteRows(db: Sqlite.Database): StoredRows {
  return {
    steps: tagsOf(appliedSteps(db), 'sqlite'),
    tables: tablesIn(db),
    async *rows({ name, columns }) {
      const order = keyOf(db, name).map((column) => `"${column}"`)
      const select = db.prepare<[], Row>(
        `SELECT ${columns.map((column) => `"${column}"`)} FROM "${name}" ORDER BY ${order}`,
      )
      let rows: Row[] = []
      for (const row of select.raw().iterate()) {
        if (rows.push(row) < together) continue
        yield rows
        rows = []
      }
      if (rows.length > 0) yield rows
    },
    size: async ({ name }) => ({
      count: Number(db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get()),
      sequence: sequenceOf(db, name),
    }),
  }
}

/** Every table but those that are made from others: the search indexes, and what SQLite keeps for itself. */
function tablesIn(db: Sqlite.Database): StoredTable[] {
  const names = db.prepare<[], string>(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
     AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'applied_migrations' ORDER BY name`,
  )
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY cid').pluck()
  return names
    .pluck()
    .all()
    .map((name) => ({ name, columns: columns.all(name) }))
}

function sequenceOf(db: Sqlite.Database, table: string): number | null {
  const made = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table)
  if (!/\bAUTOINCREMENT\b/i.test(made ?? '')) return null
  return Number(db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) ?? 0)
}

function keyOf(db: Sqlite.Database, table: string): string[] {
  const key = db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .pluck()
    .all(table)
  if (key.length === 0) throw new UnusableDatabase(`数据库里没有能备份的表 ${table}`)
  return key
}
