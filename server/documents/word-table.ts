import { PassThrough, pipeline, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { type Cell, printable, type Table } from './cells.ts'
import { wordTablePattern } from './word-table-pattern.ts'

/** A paper that is one table: its heading, what is said above it, and its rows. */
export interface WordPaper extends Table {
  title: string
  /** Lines under the title: what is counted, when it was made. */
  facts: string[]
}

/** Word refuses a table of more than 32,767 rows; the next one goes on below it with the same header. */
const rowsPerTable = 30_000

/**
 * The paper as a Word document, A4 landscape, the header row repeated on each page. The docx package lays out a pattern of
 * one row, and the rows are written in its place as they come: by itself it would hold them all (2,000: 193 MB).
 */
export async function writeWordTable(paper: WordPaper): Promise<Readable> {
  const { entries, document } = await wordTablePattern(paper)
  const zip = new ZipFile()
  const out = new PassThrough()
  const stop = new AbortController()
  out.once('close', () => stop.abort())
  zip.on('error', (error: Error) => out.destroy(error))
  pipeline(zip.outputStream, out, () => {})
  for (const { name, data } of entries) zip.addBuffer(data, name)
  const xml = Readable.from(documentXml(document, paper.rows), { signal: stop.signal, objectMode: false })
  zip.addReadStream(xml, 'word/document.xml')
  finished(xml).then(
    () => zip.end(),
    (error: Error) => out.destroy(error),
  )
  return out
}

async function* documentXml(
  { head, tableStart, row, tableEnd, tail }: Awaited<ReturnType<typeof wordTablePattern>>['document'],
  rows: Table['rows'],
): AsyncGenerator<Buffer> {
  let xml = head + tableStart
  let inTable = 0
  for await (const cells of rows) {
    if (inTable === rowsPerTable) {
      xml += `${tableEnd}<w:p/>${tableStart}`
      inTable = 0
    }
    xml += row(cells.map(cellXml))
    inTable++
    if (xml.length < 64 * 1024) continue
    yield Buffer.from(xml)
    xml = ''
  }
  yield Buffer.from(xml + tableEnd + tail)
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
