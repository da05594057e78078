import type { Query } from '../atomically.ts'

/**
 * A value as both engines have it in common: a truth is 0 or 1, a moment its milliseconds since 1970, JSON its text.
 * That is how SQLite stores them.
 */
export type Value = null | number | string
export type Row = Value[]

/** A table as it is read. */
export interface StoredTable {
  name: string
  /** In the order in which a row has its values. */
  columns: string[]
}

export interface TableSize {
  count: number
  /** The last number that the database has given out for its rows; null where it numbers none. */
  sequence: number | null
}

/** The rows of a portal's database at one moment, wherever they lie. */
export interface StoredRows {
  /** The tags of the steps by which its tables were made. */
  steps: string[]
  tables: StoredTable[]
  /** Some at a time, in the order of the primary key: the same rows are read in the same order from everywhere. */
  rows(table: StoredTable): AsyncIterable<Row[]>
  /** Counts a table, which takes as long as reading it. */
  size(table: StoredTable): Promise<TableSize>
}

/** Rows that were opened, and have to be closed. */
export interface RowSource extends StoredRows {
  close(): Promise<void>
}

/** An empty database that takes rows. Nobody else sees any of it until it is kept. */
export interface RowTarget extends StoredRows {
  put(table: StoredTable, rows: Row[]): Promise<void>
  /** Goes on counting behind this number. */
  countOn(table: string, last: number): Promise<void>
  /** The same row for all engines: JSON may come back in another order of its keys. */
  canonical(table: StoredTable, row: Row): Row
  /** Brings the tables up to date, fills both searches, and proves each reference. */
  complete(): Promise<void>
  /** Asks it what it holds; for a process of this engine. */
  query: Query
  /** Makes it the database. */
  keep(): Promise<void>
  /** Leaves nothing of it, unless it was kept. */
  close(): Promise<void>
}

/** So many rows are held in memory at once. */
export const together = 500

/** How many rows there are in all tables. */
export async function countAll(stored: StoredRows): Promise<number> {
  let rows = 0
  for (const table of stored.tables) rows += (await stored.size(table)).count
  return rows
}

/** A row as a line of a file, and as it is hashed. */
export const lineOf = (row: Row) => `${JSON.stringify(row)}\n`
