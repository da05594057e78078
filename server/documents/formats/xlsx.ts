import { PassThrough, pipeline, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { type Cell, continuedRows, countingMarks, marksNote, type Table } from './cells.ts'
import { contentTypes, rootRelations, styles, workbook, workbookRelations } from './xlsx-parts.ts'
import { rowXml, sheetEnd, sheetStart } from './xlsx-sheet.ts'

export interface Sheet extends Table {
  name: string
  /** How many columns stay in sight when scrolling sideways. */
  frozenColumns: number
}

/** A sheet's rows under its header (2^20 less one), and the bytes that keep a part within plain ZIP's 4 GiB. */
const limits = { rows: 1_048_575, bytes: 3 * 1024 ** 3 }

/**
 * A workbook as a stream of bytes. Rows are pulled only as the reader takes them, so that memory does not grow with
 * their number; a sheet that is full goes on in 名称（2）. An error of the rows' source ends the stream with that error,
 * and a reader that leaves ends the rows' source. Characters that the format forbids are marks, of which a last sheet tells.
 */
export function writeXlsx(
  sheets: Sheet[],
  { rowsPerSheet = limits.rows, marked = (_count: number) => {} } = {},
): Readable {
  const zip = new ZipFile()
  const out = new PassThrough()
  const stop = new AbortController()
  const fail = (error: Error) => out.destroy(error)
  out.once('close', () => stop.abort())
  zip.on('error', fail)
  pipeline(zip.outputStream, out, () => {})
  addParts(zip, sheets, rowsPerSheet, marked, stop.signal).catch(fail)
  return out
}

async function addParts(
  zip: ZipFile,
  sheets: Sheet[],
  rowsPerSheet: number,
  marked: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const names: string[] = []
  let marks = 0
  const counting = (count: number) => {
    marks += count
    marked(count)
  }
  const add = async (sheet: Sheet) => {
    const lines = await LineCursor.open(countingMarks(sheet.rows, counting))
    for (let part = 1; part === 1 || lines.current; part++) {
      names.push(part === 1 ? sheet.name : `${sheet.name}（${part}）`)
      const xml = Readable.from(sheetXml(sheet, lines, rowsPerSheet), { signal, objectMode: false })
      zip.addReadStream(xml, `xl/worksheets/sheet${names.length}.xml`)
      await finished(xml)
    }
  }
  for (const sheet of sheets) await add(sheet)
  if (marks > 0) await add(marksSheet(marks))
  zip.addBuffer(styles(), 'xl/styles.xml')
  zip.addBuffer(workbook(names), 'xl/workbook.xml')
  zip.addBuffer(workbookRelations(names.length), 'xl/_rels/workbook.xml.rels')
  zip.addBuffer(rootRelations(), '_rels/.rels')
  zip.addBuffer(contentTypes(names.length), '[Content_Types].xml')
  zip.end()
}

function marksSheet(count: number): Sheet {
  return {
    name: '说明',
    frozenColumns: 0,
    columns: [{ header: '说明', width: 60 }],
    rows: [[marksNote(count)]],
  }
}

/** The lines of a table, one ahead, so that a sheet is only begun when there is something to put in it. */
class LineCursor {
  current: Cell[] | null = null
  private readonly lines: AsyncGenerator<Cell[]>

  private constructor(lines: AsyncGenerator<Cell[]>) {
    this.lines = lines
  }

  static async open(rows: Table['rows']): Promise<LineCursor> {
    const cursor = new LineCursor(linesOf(rows))
    await cursor.advance()
    return cursor
  }

  async advance(): Promise<void> {
    const next = await this.lines.next()
    this.current = next.done ? null : next.value
  }

  async close(): Promise<void> {
    await this.lines.return(undefined)
  }
}

async function* linesOf(rows: Table['rows']): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield* continuedRows(row)
}

async function* sheetXml(sheet: Sheet, lines: LineCursor, rowsPerSheet: number): AsyncGenerator<Buffer> {
  let xml = sheetStart(sheet)
  let bytes = 0
  let ended = false
  try {
    for (let row = 1; row <= rowsPerSheet && bytes < limits.bytes && lines.current; row++) {
      xml += rowXml(row + 1, lines.current, sheet.columns)
      await lines.advance()
      if (xml.length < 64 * 1024) continue
      const chunk = Buffer.from(xml)
      bytes += chunk.length
      xml = ''
      yield chunk
    }
    yield Buffer.from(xml + sheetEnd(sheet))
    ended = true
  } finally {
    if (!ended) await lines.close()
  }
}
