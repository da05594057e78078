import { UnreadableDocument } from './unreadable-document.ts'

/** A row in which something stands; `number` counts from 1 as spreadsheets do. */
export interface TableRow {
  number: number
  cells: string[]
}

/** What a table may hold at most: rows with something in them, columns, and characters in all. */
export interface TableLimits {
  rows: number
  columns: number
  characters: number
}

/** There is more in the table than is taken at once. */
export class TooMuch extends UnreadableDocument {
  constructor({ rows }: TableLimits) {
    super(`表格太大：一次最多 ${rows} 行，请分成几份上传。`)
  }
}
