import type pg from 'pg'
import { tagsOf } from '../migration-steps.ts'
import { appliedSteps } from '../postgres-migrate.ts'
import { columnsByTable, orderOf, type PostgresColumn, quoted, readOf } from './postgres-columns.ts'
import { type Row, type StoredRows, type StoredTable, type TableSize, together } from './stored-rows.ts'

/** The rows that a transaction sees; what it reads is never more than some rows at a time. */
export async function postgresRows(client: pg.ClientBase): Promise<StoredRows> {
  const columns = await columnsByTable(client)
  return {
    steps: tagsOf(await appliedSteps(client), 'postgres'),
    tables: [...columns].map(([name, known]) => ({ name, columns: known.map((column) => column.name) })),
    rows: (table) => fetched(client, table, columns.get(table.name) ?? []),
    size: ({ name }) => sizeOf(client, name, columns.get(name) ?? []),
  }
}

async function sizeOf(client: pg.ClientBase, name: string, columns: PostgresColumn[]): Promise<TableSize> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${quoted(name)}`)
  const counted = columns.find(({ counts }) => counts)
  const sequence = counted ? await lastNumber(client, name, counted.name) : null
  return { count: Number(rows[0]?.count), sequence }
}

/** Sequences stand outside of transactions, so it is no lower than the highest number that is read. */
async function lastNumber(client: pg.ClientBase, table: string, column: string): Promise<number> {
  const named = await client.query<{ name: string }>('SELECT pg_get_serial_sequence($1, $2) AS name', [
    quoted(table),
    column,
  ])
  const { rows } = await client.query<{ last: string }>(
    `SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END AS last FROM ${named.rows[0]?.name}`,
  )
  return Number(rows[0]?.last)
}

async function* fetched(
  client: pg.ClientBase,
  { name, columns }: StoredTable,
  known: PostgresColumn[],
): AsyncGenerator<Row[]> {
  const read = columns.flatMap((column) => known.find((one) => one.name === column) ?? [])
  const jsonPlaces = read.flatMap(({ type }, place) => (type === 'jsonb' ? [place] : []))
  const select = `SELECT ${read.map(readOf)} FROM ${quoted(name)} ORDER BY ${await orderOf(client, name)}`
  await client.query(`DECLARE rows_read NO SCROLL CURSOR FOR ${select}`)
  const fetch = { text: `FETCH ${together} FROM rows_read`, rowMode: 'array' as const }
  for (;;) {
    const { rows } = await client.query<Row>(fetch)
    for (const row of rows) for (const place of jsonPlaces) row[place] = compact(row[place] ?? null)
    if (rows.length > 0) yield rows
    if (rows.length < together) break
  }
  await client.query('CLOSE rows_read')
}

/** As JSON.stringify writes it, without the engine's spaces. */
function compact(json: Row[number]): Row[number] {
  return json === null ? null : JSON.stringify(JSON.parse(String(json)))
}
