import { shanghaiMinute } from '../../rules/days.ts'
import { type Cell, cameFrom, goesOn, type PrintedRow } from './cells.ts'
import { cellMargin, tableCharacter } from './word-table-columns.ts'

/** LibreOffice drops the last lines of a row that is higher than a page and may not be split. */
const mostLines = 20

/** The row as it is printed, in as many rows as keep each lower than a page; where a text is cut is said in it. @param widths of the columns */
export function* fittingRows(row: PrintedRow, widths: number[]): Generator<string[] | { across: string }> {
  if (!Array.isArray(row)) {
    const whole = widths.reduce((sum, width) => sum + width, 0)
    for (const across of piecesOf(row.across, whole)) yield { across }
    return
  }
  const pieces = row.map((cell, i) => piecesOf(textOf(cell), widths[i] ?? 0))
  const height = Math.max(1, ...pieces.map(({ length }) => length))
  for (let line = 0; line < height; line++) yield pieces.map((piece) => piece[line] ?? '')
}

function textOf(cell: Cell): string {
  return cell instanceof Date ? shanghaiMinute(cell) : String(cell ?? '')
}

/** The text in pieces of at most so many lines. @param width of the column, in twentieths of a point */
function piecesOf(text: string, width: number): string[] {
  const inLine = Math.max(1, Math.floor((width - 2 * cellMargin) / tableCharacter))
  const most = mostLines * inLine
  if (text.length * 2 <= inLine) return [text]
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const char of text) {
    // A line that ends early takes all of it.
    const takes = char === '\n' ? inLine - (used % inLine) : 1
    if (used + takes > most) {
      pieces.push(`${piece}${goesOn}`)
      piece = cameFrom
      used = cameFrom.length
    }
    piece += char
    used += takes
  }
  return [...pieces, piece]
}
