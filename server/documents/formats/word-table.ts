import { PassThrough, pipeline, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { shanghaiMinute } from '../../rules/days.ts'
import { printable } from '../../text/words/printable.ts'
import { type Cell, type Column, countingMarks, marksNote, type TablePaper } from './cells.ts'
import { type TablePattern, wordTablePattern } from './word-table-pattern.ts'

/** Word refuses a table of more than 32,767 rows; the next one goes on below it with the same header. */
const rowsPerTable = 30_000

/**
 * The paper as a Word document, A4 landscape, the header row repeated on each page, its annex on a page of its own. The
 * docx package lays out a pattern of one row, and the rows are written in its place as they come: by itself it would
 * hold them all (2,000: 193 MB).
 * @param marked told of characters that are shown as marks; the last line of the file tells the reader
 */
export async function writeWordTables(
  paper: TablePaper,
  marked: (count: number) => void = () => {},
): Promise<Readable> {
  const { entries, tables, note, tail } = await wordTablePattern(paper)
  const zip = new ZipFile()
  const out = new PassThrough()
  const stop = new AbortController()
  out.once('close', () => stop.abort())
  zip.on('error', (error: Error) => out.destroy(error))
  pipeline(zip.outputStream, out, () => {})
  for (const { name, data } of entries) zip.addBuffer(data, name)

  async function* documentXml(): AsyncGenerator<Buffer> {
    let marks = 0
    const counting = (count: number) => {
      marks += count
      marked(count)
    }
    for (const [i, { columns, rows }] of [paper, ...(paper.annex ? [paper.annex] : [])].entries()) {
      const pattern = tables[i]
      const counted = countingMarks(rows, counting)
      if (pattern) yield* tableXml(pattern, mergedRows(columns, counted))
    }
    yield Buffer.from((marks > 0 ? note(marksNote(marks)) : '') + tail)
  }
  const xml = Readable.from(documentXml(), { signal: stop.signal, objectMode: false })
  zip.addReadStream(xml, 'word/document.xml')
  finished(xml).then(
    () => zip.end(),
    (error: Error) => out.destroy(error),
  )
  return out
}

/** Stands where a cell is one with the cell above it. */
const asAbove = Symbol('as above')
/** After so many rows the same is printed again, for whoever has turned the page. */
const mostMerged = 12

/** The rows with what merged columns repeat taken out of them. */
async function* mergedRows(
  columns: Column[],
  rows: AsyncIterable<Cell[]>,
): AsyncGenerator<(Cell | typeof asAbove)[]> {
  let above: Cell[] = []
  let inRun = 0
  for await (const row of rows) {
    const isSame = columns.every(({ merged }, i) => !merged || row[i] === above[i])
    inRun = isSame && inRun < mostMerged ? inRun + 1 : 1
    yield row.map((cell, i) => (inRun > 1 && columns[i]?.merged ? asAbove : cell))
    above = row
  }
}

async function* tableXml(
  { before, start, row, end }: TablePattern,
  rows: AsyncIterable<(Cell | typeof asAbove)[]>,
): AsyncGenerator<Buffer> {
  let xml = before + start
  let inTable = 0
  for await (const cells of rows) {
    if (inTable >= rowsPerTable && !cells.includes(asAbove)) {
      xml += `${end}<w:p/>${start}`
      inTable = 0
    }
    xml += row(cells.map((cell) => (cell === asAbove ? null : cellXml(cell))))
    inTable++
    if (xml.length < 64 * 1024) continue
    yield Buffer.from(xml)
    xml = ''
  }
  yield Buffer.from(xml + end)
}

/** A cell's text inside the pattern's `w:t`; its line ends are line breaks. */
function cellXml(cell: Cell): string {
  const text = cell instanceof Date ? shanghaiMinute(cell) : String(cell ?? '')
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\r\n?|\n/g, '</w:t><w:br/><w:t xml:space="preserve">')
}
