import { relationsOf } from './relations.ts'
import { type TableLimits, type TableRow, TooMuch } from './table-rows.ts'
import { UnreadableDocument } from './unreadable-document.ts'
import { type CellFormats, cellText, readFormats } from './xlsx-cells.ts'
import { readXml } from './xml.ts'
import type { ZipArchive } from './zip-archive.ts'

/**
 * The first sheet of a workbook (ECMA-376 part 1, 18) as rows of text; what Excel would show of a formula is taken from
 * where Excel keeps it.
 * @throws UnreadableDocument where there is none, where it is damaged, and beyond the limits
 */
export async function readWorksheet(archive: ZipArchive, limits: TableLimits): Promise<TableRow[]> {
  const book = (await relationsOf(archive, '')).find(({ type }) => type === 'officeDocument')?.target
  if (!book || !archive.has(book)) throw new UnreadableDocument('no workbook')
  const relations = await relationsOf(archive, book)
  const part = (type: string) => relations.find((one) => one.type === type && archive.has(one.target))?.target
  const { firstSheet, from1904 } = await readBook(archive, book)
  const sheet = relations.find(({ id }) => id === firstSheet)?.target
  if (!sheet || !archive.has(sheet)) throw new UnreadableDocument('no sheet')
  const strings = part('sharedStrings')
  const styles = part('styles')
  const formats: CellFormats = {
    strings: strings ? await readStrings(archive, strings) : [],
    isDate: styles ? await readFormats(archive, styles) : [],
    from1904,
  }
  return readRows(archive, sheet, formats, limits)
}

async function readBook(archive: ZipArchive, book: string) {
  let firstSheet: string | null = null
  let from1904 = false
  await readXml(archive.read(book), {
    open(name, { id, date1904, state }) {
      if (name === 'x:sheet' && state !== 'hidden' && state !== 'veryHidden') firstSheet ??= id ?? null
      if (name === 'x:workbookPr') from1904 = date1904 === '1' || date1904 === 'true'
    },
    close() {},
    text() {},
  })
  return { firstSheet, from1904 }
}

/** The shared strings; how a word is pronounced (rPh) is none of its text. */
async function readStrings(archive: ZipArchive, part: string): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let isText = false
  let pronounced = 0
  await readXml(archive.read(part), {
    open(name) {
      if (name === 'x:si') text = ''
      if (name === 'x:rPh') pronounced++
      isText = name === 'x:t' && pronounced === 0
    },
    close(name) {
      if (name === 'x:si') strings.push(text)
      if (name === 'x:rPh') pronounced--
      isText = false
    },
    text(piece) {
      if (isText) text += piece
    },
  })
  return strings
}

async function readRows(
  archive: ZipArchive,
  sheet: string,
  formats: CellFormats,
  limits: TableLimits,
): Promise<TableRow[]> {
  const rows: TableRow[] = []
  let row: TableRow = { number: 0, cells: [] }
  let cell = { column: -1, type: '', style: 0, value: '', inline: '', formula: '' }
  let within = ''
  let characters = 0
  const keep = () => {
    const text = cellText(cell, formats)
    if (text === '' || cell.column >= limits.columns) return
    characters += text.length
    if (characters > limits.characters) throw new TooMuch(limits)
    while (row.cells.length < cell.column) row.cells.push('')
    row.cells[cell.column] = text
  }
  await readXml(archive.read(sheet), {
    open(name, { r, t = '', s }) {
      within = name
      if (name === 'x:row') row = { number: Number(r) || row.number + 1, cells: [] }
      if (name !== 'x:c') return
      const column = r ? columnOf(r) : cell.column + 1
      cell = { column, type: t, style: Number(s) || 0, value: '', inline: '', formula: '' }
    },
    close(name) {
      within = ''
      if (name === 'x:c') keep()
      if (name !== 'x:row') return
      cell = { ...cell, column: -1 }
      if (row.cells.length > 0 && rows.push(row) > limits.rows) throw new TooMuch(limits)
    },
    text(piece) {
      if (within === 'x:v') cell.value += piece
      if (within === 'x:t') cell.inline += piece
      if (within === 'x:f') cell.formula += piece
    },
  })
  return rows
}

/** From 0, by the letters of an address such as AB12. */
function columnOf(address: string): number {
  const letters = /^[A-Z]{1,3}/.exec(address)?.[0] ?? 'A'
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
