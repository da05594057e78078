import { createHash } from 'node:crypto'
import { UnusableDatabase } from '../unusable-database.ts'
import { lineOf, type RowTarget, type StoredRows, type StoredTable } from './stored-rows.ts'

/**
 * Copies every table, and reads each back: what was stored is what was read, row by row.
 * @param told after each step, how many rows were copied with it
 * @throws UnusableDatabase where the tables are not the same ones; Error where a table came out different
 */
export async function copyRows(
  source: StoredRows,
  target: RowTarget,
  told: (rows: number) => void,
): Promise<void> {
  assertSameTables(source.tables, target.tables)
  for (const table of source.tables) {
    const sent = await put(source, table, target, told)
    const stored = await digestOf(target, table)
    if (sent !== stored) throw new Error(`table ${table.name} came out different`)
    const { sequence } = await source.size(table)
    if (sequence !== null) await target.countOn(table.name, sequence)
  }
}

function assertSameTables(from: StoredTable[], to: StoredTable[]): void {
  const [sent, taken] = [columnsOf(from), columnsOf(to)]
  const other = [...sent.filter((one) => !taken.includes(one)), ...taken.filter((one) => !sent.includes(one))]
  if (other.length > 0) throw new UnusableDatabase(`两边的表不同：${other.slice(0, 5).join('、')}`)
}

function columnsOf(tables: StoredTable[]): string[] {
  return tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`))
}

async function put(
  source: StoredRows,
  table: StoredTable,
  target: RowTarget,
  told: (rows: number) => void,
): Promise<string> {
  const hash = createHash('sha256')
  for await (const rows of source.rows(table)) {
    for (const row of rows) hash.update(lineOf(target.canonical(table, row)))
    await target.put(table, rows)
    told(rows.length)
  }
  return hash.digest('hex')
}

async function digestOf(target: RowTarget, table: StoredTable): Promise<string> {
  const hash = createHash('sha256')
  for await (const rows of target.rows(table)) {
    for (const row of rows) hash.update(lineOf(target.canonical(table, row)))
  }
  return hash.digest('hex')
}
