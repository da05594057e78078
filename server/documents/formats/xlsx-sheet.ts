import { shanghaiOffset } from '../../rules/days.ts'
import { type Cell, type Column, runsAsFormula } from './cells.ts'
import { cellStyles } from './xlsx-parts.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
/** In points; a row cannot be higher than 409 (ECMA-376 part 1, 18.3.1.73 as Excel applies it). */
const lineHeight = 15
const highestRow = 405
const dayOfUnixEpoch = 25_569
const millisecondsPerDay = 86_400_000

/** A worksheet up to its first row, with the header as row 1: it stays in sight and repeats on every printed page. */
export function sheetStart({ columns, frozenColumns }: { columns: Column[]; frozenColumns: number }): string {
  const widths = columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  )
  const across = frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : ''
  const pane = frozenColumns > 0 ? 'bottomRight' : 'bottomLeft'
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane${across} ySplit="1" topLeftCell="${reference(frozenColumns, 2)}" activePane="${pane}" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>${headerXml(columns)}`
}

function headerXml(columns: Column[]): string {
  const cells = columns.map(({ header }, i) => textXml(reference(i, 1), header, cellStyles.header))
  return `<row r="1">${cells.join('')}</row>`
}

/** One row, as high as its longest text; `number` counts from 1, the header's. */
export function rowXml(number: number, cells: Cell[], columns: Column[]): string {
  const lines = cells.map((cell, i) =>
    typeof cell === 'string' ? lineCount(cell, columns[i]?.width ?? 10) : 1,
  )
  const height = Math.min(Math.max(1, ...lines) * lineHeight, highestRow)
  const xml = cells.map((cell, i) => cellXml(reference(i, number), cell))
  return `<row r="${number}" ht="${height}" customHeight="1">${xml.join('')}</row>`
}

/** In how many lines the text wraps; a Chinese character is two digits wide. LibreOffice does not work it out itself. */
function lineCount(text: string, width: number): number {
  if (text.length * 2 <= width && !text.includes('\n')) return 1
  return text.split('\n').reduce((sum, line) => {
    const digits = [...line].reduce((total, char) => total + (char > '\u2e7f' ? 2 : 1), 0)
    return sum + Math.max(1, Math.ceil(digits / (width - 1)))
  }, 0)
}

function cellXml(at: string, cell: Cell): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${at}" s="${cellStyles.number}"><v>${cell}</v></c>`
  if (cell instanceof Date) return `<c r="${at}" s="${cellStyles.instant}"><v>${serialDate(cell)}</v></c>`
  return textXml(at, cell, runsAsFormula(cell) ? cellStyles.quotedText : cellStyles.text)
}

/** A spreadsheet's dates are days on the wall, without a zone: the portal's wall is in Shanghai. */
function serialDate(instant: Date): number {
  return (instant.getTime() + shanghaiOffset) / millisecondsPerDay + dayOfUnixEpoch
}

function textXml(at: string, text: string, style: number): string {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`
}

/** Excel reads _x0041_ in a text as A (ECMA-376 part 1, 22.9.2.19), so one that a citizen typed is escaped itself. */
function escapeXml(text: string): string {
  return text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/\r\n?/g, '\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** A1-style address; `column` counts from 0, `row` from 1. */
function reference(column: number, row: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return `${letters}${row}`
}

/** A worksheet after its last row: filters over the header, A4 landscape as wide as the page, page numbers. */
export function sheetEnd({ columns }: { columns: Column[] }): string {
  const header = `A1:${reference(columns.length - 1, 1)}`
  return `</sheetData><autoFilter ref="${header}"/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>`
}
