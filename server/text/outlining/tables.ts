import { trimBlanks } from './blanks.ts'
import { readLabel } from './labels.ts'

/*
 * A table stands in a source text as one line, so that it stays one paragraph: each row ends with U+2028 (line
 * separator), cells are parted by tabs, and U+2029 (paragraph separator) breaks a line inside a cell. All three are
 * white space, so a table has the same characters however it is laid out.
 */
const rowEnd = '\u2028'
/** A line end inside a cell. */
export const cellBreak = '\u2029'

/** The source line of a table. Tabs and line ends inside its cells become what the line format allows. */
export function writeTable(rows: string[][]): string {
  return rows.map((row) => row.map(writeCell).join('\t') + rowEnd).join('')
}

function writeCell(cell: string): string {
  return cell.replace(/[\t\u2028]+/g, ' ').replace(/\r\n|[\n\r\v\f\u0085]/g, cellBreak)
}

/** The rows of a table's source line, all equally long; null where the line is no table. */
export function readTable(line: string): string[][] | null {
  if (!line.includes(rowEnd) || !line.includes('\t')) return null
  const rows = line
    .split(rowEnd)
    .filter((row) => row.trim() !== '')
    .map((row) => row.split('\t').map(readCell))
  const width = Math.max(...rows.map((row) => row.length))
  return rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')])
}

function readCell(cell: string): string {
  return cell.split(cellBreak).map(trimBlanks).filter(Boolean).join('\n')
}

/** A table as running text: a row a line, cells parted by tabs. */
export function tableText(rows: string[][]): string {
  return rows.map((row) => row.map((cell) => cell.replaceAll('\n', ' ')).join('\t')).join('\n')
}

/**
 * The lines from `start` that have equally many tabs, and whether they are the rows of a table pasted as text: at least
 * two. Numbered paragraphs pasted from Word (一、⇥总体要求) are none, nor are some of them.
 */
export function tabbedLines(lines: string[], start: number): { count: number; isTable: boolean } {
  const width = columns(lines[start])
  if (width < 2) return { count: 1, isTable: false }
  let end = start + 1
  while (columns(lines[end]) === width) end++
  const rows = lines.slice(start, end)
  const isTable = rows.length > 1 && !rows.every((row) => isNumberedParagraph(row, width))
  return { count: rows.length, isTable }
}

/** 一、⇥总体要求 or an entry of the contents, 第一章⇥总则⇥1; a first column of 1. and 2. is none where more follow. */
function isNumberedParagraph(row: string, width: number): boolean {
  const label = readLabel(trimBlanks(row))
  return label?.doubt === null && (width === 2 || label.kind !== 'digit')
}

function columns(line: string | undefined): number {
  if (line === undefined || line.includes(rowEnd)) return 0
  return line.includes('\t') ? trimBlanks(line).split('\t').length : 1
}
