import pg from 'pg'
import { pendingIn, stepsOf } from '../migration-steps.ts'
import { postgresQuery } from '../postgres.ts'
import { appliedSteps, applyStep, startLock } from '../postgres-migrate.ts'
import { UnusableDatabase } from '../unusable-database.ts'
import { columnsByTable, type PostgresColumn, quoted, storedFrom } from './postgres-columns.ts'
import { postgresRows } from './postgres-rows.ts'
import { searchEntries } from './searched-words.ts'
import type { Row, RowTarget, StoredTable } from './stored-rows.ts'

/**
 * A database without a table, filled in one transaction, which is kept or is as if it had never been.
 * @param steps by which its tables are made, as the rows were stored in them
 * @throws UnusableDatabase where there is anything in it
 */
export async function postgresTarget(url: string, steps: readonly string[]): Promise<RowTarget> {
  const client = new pg.Client({ connectionString: url, application_name: 'portal restore' })
  await client.connect()
  try {
    await begin(client)
    for (const step of stepsOf(steps, 'postgres')) await applyStep(client, step)
    const stored = await postgresRows(client)
    const columns = await columnsByTable(client)
    const later = [...(await withoutReferences(client)), ...(await withoutIndexes(client))].reverse()
    return {
      ...stored,
      query: postgresQuery(client),
      canonical: ({ name, columns: read }, row) => sorted(row, read, columns.get(name) ?? []),
      put: (table, rows) => insert(client, table, columns.get(table.name) ?? [], rows),
      countOn: (table, last) => countOn(client, table, columns.get(table) ?? [], last),
      async complete() {
        for (const statement of later) await client.query(statement)
        const pending = pendingIn(`${import.meta.dirname}/..`, 'postgres')
        for (const step of pending(await appliedSteps(client))) await applyStep(client, step)
        await fillSearches(client)
      },
      async keep() {
        await client.query('COMMIT')
        await client.query('ANALYZE')
      },
      close: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

/** A portal that starts meanwhile waits, as it does for another that makes the tables. */
async function begin(client: pg.ClientBase): Promise<void> {
  await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
  await client.query('SELECT pg_advisory_lock($1)', [startLock])
  await client.query('BEGIN')
  const { rows } = await client.query<{ encoding: string; tables: string }>(
    `SELECT current_setting('server_encoding') AS encoding, count(*) AS tables
     FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')`,
  )
  const tables = Number(rows[0]?.tables)
  if (tables > 0)
    throw new UnusableDatabase(
      `目标 PostgreSQL 数据库不是空的（已有 ${tables} 张表），没有改动；请新建一个空数据库，改用它的地址`,
    )
  if (rows[0]?.encoding !== 'UTF8') throw new UnusableDatabase('目标 PostgreSQL 数据库的编码必须是 UTF8')
}

/** Rows come before what they refer to. @returns the statements that prove and hold every reference again */
async function withoutReferences(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT conrelid::regclass AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
  )
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
  return rows.map(
    ({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`,
  )
}

/** An index is built faster than it is kept up, row by row. @returns the statements that build them again */
async function withoutIndexes(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE relnamespace = current_schema()::regnamespace
     AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)`,
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  return rows.map(({ definition }) => definition)
}

async function insert(
  client: pg.ClientBase,
  { name, columns }: StoredTable,
  known: PostgresColumn[],
  rows: Row[],
): Promise<void> {
  const taken = columns.flatMap((column) => known.find((one) => one.name === column) ?? [])
  await client.query({
    name: `insert ${name}`,
    text: `INSERT INTO ${quoted(name)} (${columns.map(quoted)})
           SELECT ${taken.map(storedFrom)} FROM jsonb_array_elements($1::jsonb) AS stored`,
    values: [JSON.stringify(rows)],
  })
}

async function countOn(
  client: pg.ClientBase,
  table: string,
  known: PostgresColumn[],
  last: number,
): Promise<void> {
  const column = known.find(({ counts }) => counts)?.name
  await client.query('SELECT setval(pg_get_serial_sequence($1, $2), greatest($3, 1), $3 > 0)', [
    quoted(table),
    column,
    last,
  ])
}

/** JSON with its keys in order. */
function sorted(row: Row, read: string[], known: PostgresColumn[]): Row {
  const isJson = (place: number) => known.find(({ name }) => name === read[place])?.type === 'jsonb'
  return row.map((value, place) =>
    typeof value === 'string' && isJson(place) ? withSortedKeys(value) : value,
  )
}

function withSortedKeys(json: string): string {
  return JSON.stringify(JSON.parse(json), (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

async function fillSearches(client: pg.ClientBase): Promise<void> {
  for await (const entries of searchEntries(await postgresRows(client))) {
    for (const index of ['public', 'staff'] as const) {
      const comments = entries[index].map(({ comment }) => comment)
      const words = entries[index].map((entry) => entry.words)
      await client.query(
        `INSERT INTO ${index}_search (rowid, words)
         SELECT comment, to_tsvector('simple', words) FROM unnest($1::int[], $2::text[]) AS entry (comment, words)`,
        [comments, words],
      )
    }
  }
}
