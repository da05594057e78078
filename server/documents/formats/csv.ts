import { Readable } from 'node:stream'
import { writeCsvStream } from 'hucre/csv'
import { shanghaiMinute } from '../../rules/days.ts'
import { type Cell, continuedRows, countingMarks, runsAsFormula, type Table } from './cells.ts'

/**
 * The table as CSV in UTF-8 with a byte order mark, without which Excel reads Chinese as noise.
 * A text that might run as a formula gets an apostrophe in front (OWASP, CSV injection).
 * @param marked told of characters that are shown as marks
 */
export function writeCsv({ columns, rows }: Table, marked: (count: number) => void = () => {}): Readable {
  const headers = columns.map((column) => column.header)
  return Readable.from(writeCsvStream(lines(countingMarks(rows, marked)), { headers, bom: true }))
}

async function* lines(rows: AsyncIterable<Cell[]>): AsyncGenerator<Cell[]> {
  for await (const row of rows) {
    for (const line of continuedRows(row)) yield line.map(asField)
  }
}

function asField(cell: Cell): Cell {
  if (cell instanceof Date) return shanghaiMinute(cell)
  return typeof cell === 'string' && runsAsFormula(cell) ? `'${cell}` : cell
}
