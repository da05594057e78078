import { PassThrough, pipeline, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { printable } from '../../text/words/printable.ts'
import { type Column, countingMarks, marksNote, type PrintedPaper, type PrintedRow } from './cells.ts'
import { fittingRows } from './fitting-rows.ts'
import { columnWidths } from './word-table-columns.ts'
import { type WordTablePattern, wordTablePattern } from './word-table-pattern.ts'

/** Word refuses a table of more than 32,767 rows; the next one goes on below it with the same header. */
const rowsPerTable = 30_000

/**
 * The paper as a Word document, A4 landscape, the header row repeated on each page and no row split over two, without its
 * annex. The docx package lays out a pattern of one row, and the rows are written in its place as they come: by itself it
 * would hold them all (2,000: 193 MB).
 * @param marked told of characters that are shown as marks; the last line of the file tells the reader
 */
export async function writeWordTable(
  paper: PrintedPaper,
  marked: (count: number) => void = () => {},
): Promise<Readable> {
  const { entries, note, tail, ...pattern } = await wordTablePattern(paper)
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
    yield* tableXml(pattern, printedRows(paper.columns, countingMarks<PrintedRow>(paper.rows, counting)))
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

async function* printedRows(columns: Column[], rows: AsyncIterable<PrintedRow>) {
  const widths = columnWidths(columns)
  for await (const row of rows) yield* fittingRows(row, widths)
}

async function* tableXml(
  { before, start, row, across, end }: Pick<WordTablePattern, 'before' | 'start' | 'row' | 'across' | 'end'>,
  rows: AsyncIterable<string[] | { across: string }>,
): AsyncGenerator<Buffer> {
  let xml = before + start
  let inTable = 0
  for await (const printed of rows) {
    if (inTable >= rowsPerTable) {
      xml += `${end}<w:p/>${start}`
      inTable = 0
    }
    xml += Array.isArray(printed) ? row(printed.map(cellXml)) : across(cellXml(printed.across))
    inTable++
    if (xml.length < 64 * 1024) continue
    yield Buffer.from(xml)
    xml = ''
  }
  yield Buffer.from(xml + end)
}

/** A cell's text inside the pattern's `w:t`; its line ends are line breaks. */
function cellXml(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\r\n?|\n/g, '</w:t><w:br/><w:t xml:space="preserve">')
}
