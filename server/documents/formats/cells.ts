import { printable, unprintableIn } from '../../text/words/printable.ts'

/** One value of a table that goes out as a file; a Date is an instant and prints in Asia/Shanghai. */
export type Cell = string | number | Date | null

export interface Column {
  header: string
  /** In characters of the width of a digit, as spreadsheets measure it. */
  width: number
  /** On paper in the middle of its column. */
  centred?: true
}

/** A table on its way out: its rows are pulled one at a time, so that its length costs no memory. */
export interface Table {
  columns: Column[]
  rows: AsyncIterable<Cell[]> | Iterable<Cell[]>
}

/** A paper that is a table: its heading, what is said above it, and its rows; behind it perhaps a list. */
export interface TablePaper extends Table {
  title: string
  /** Lines under the title: what is counted, when it was made. */
  facts: string[]
  /** 附表, a sheet of its own in a workbook; a CSV is one table and leaves it out. */
  annex?: Table & { title: string }
}

/** A row on paper: its cells, or one text across all columns that stays with what follows. */
export type PrintedRow = Cell[] | { across: string }

/** The same where it is only printed. */
export interface PrintedPaper extends Omit<TablePaper, 'rows'> {
  rows: AsyncIterable<PrintedRow> | Iterable<PrintedRow>
}

/** What a spreadsheet's cell holds at most (ECMA-376 part 1, 18.18.37 as Excel applies it), in UTF-16 units. */
export const longestCell = 32_767

/** At a break of a text that goes on in the next row. */
export const goesOn = '（转下一行）'
export const cameFrom = '（接上一行）'
const startsFormula = /^\s*[=+\-@|＝＋－＠]|^[\t\r\n]/

/** How many characters of a row's texts are shown as marks. */
export function countUnprintable(row: PrintedRow): number {
  const cells = Array.isArray(row) ? row : [row.across]
  return cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? unprintableIn(cell) : 0), 0)
}

/** The rows as they come; `marked` is told of each that holds what `printable` shows as marks. */
export async function* countingMarks<Row extends PrintedRow>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  marked: (count: number) => void,
): AsyncGenerator<Row> {
  for await (const row of rows) {
    const count = countUnprintable(row)
    if (count > 0) marked(count)
    yield row
  }
}

/** What a file says of its marks at its end. */
export function marksNote(count: number): string {
  return `注：原文有 ${count} 个无法显示的控制字符，本文件以 ␀、␇、\ufffd 等符号代替。`
}

/** Whether a spreadsheet might run the text as a formula once it stands in a cell (OWASP, CSV injection). */
export function runsAsFormula(text: string): boolean {
  return startsFormula.test(text)
}

/** The row, and as many rows below it as its longest text needs; each break is said in the cell. */
export function* continuedRows(row: Cell[]): Generator<Cell[]> {
  const pieces = row.map((cell) => (typeof cell === 'string' ? splitCell(printable(cell)) : [cell]))
  const height = Math.max(1, ...pieces.map((piece) => piece.length))
  for (let line = 0; line < height; line++) yield pieces.map((piece) => piece[line] ?? null)
}

function splitCell(text: string): string[] {
  if (text.length <= longestCell) return [text]
  const room = longestCell - goesOn.length - cameFrom.length
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + room, text.length)
    if (end < text.length && isHighSurrogate(text, end - 1)) end--
    pieces.push(`${start > 0 ? cameFrom : ''}${text.slice(start, end)}${end < text.length ? goesOn : ''}`)
    start = end
  }
  return pieces
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xd800 && unit <= 0xdbff
}
