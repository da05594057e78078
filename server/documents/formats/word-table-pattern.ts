import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import type { TablePaper } from './cells.ts'
import { packed } from './official-document.ts'
import { layOutTables, notePlaceholder, placeholder } from './word-table-layout.ts'

/** A laid-out document cut open where its tables' rows go. */
interface WordTablePattern {
  /** Every part of the file but word/document.xml. */
  entries: { name: string; data: Buffer }[]
  /** The paper's table, then its annex. */
  tables: TablePattern[]
  /** A last line below the tables. */
  note: (text: string) => string
  tail: string
}

export interface TablePattern {
  /** What stands above the table. */
  before: string
  /** The table up to and with its header row. */
  start: string
  /** One row, given each cell's inner XML; null goes on with the cell above. */
  row: (cells: (string | null)[]) => string
  end: string
}

/** Lays the paper out with one row of placeholders in each table, and cuts the result open around them. */
export async function wordTablePattern(
  paper: Pick<TablePaper, 'title' | 'facts' | 'columns' | 'annex'>,
): Promise<WordTablePattern> {
  const entries = await unzip(await packed(layOutTables(paper)))
  const document = entries.find(({ name }) => name === 'word/document.xml')
  if (!document) throw new Error('docx wrote no word/document.xml')
  const widths = [paper, ...(paper.annex ? [paper.annex] : [])].map(({ columns }) => columns.length)
  return {
    entries: entries.filter((entry) => entry !== document),
    ...cutOpen(document.data.toString('utf8'), widths),
  }
}

async function unzip(file: Buffer): Promise<WordTablePattern['entries']> {
  const zip = await fromBufferPromise(file)
  const entries: WordTablePattern['entries'] = []
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    entries.push({ name: entry.fileName, data: await buffer(await zip.openReadStreamPromise(entry)) })
  }
  return entries
}

function cutOpen(xml: string, widths: number[]): Omit<WordTablePattern, 'entries'> {
  const tables: TablePattern[] = []
  let from = 0
  for (const [table, columns] of widths.entries()) {
    const start = xml.indexOf('<w:tbl>', from)
    const rowStart = xml.lastIndexOf('<w:tr>', xml.indexOf(placeholder(table, 0)))
    const rowEnd = after(xml, '</w:tr>', rowStart)
    const end = after(xml, '</w:tbl>', rowEnd)
    const pieces = xml.slice(rowStart, rowEnd).split(/@@\d+\.\d+@@/)
    if (start < from || rowStart < start || pieces.length !== columns + 1) {
      throw new Error('the table is not laid out as expected')
    }
    tables.push({
      before: xml.slice(from, start),
      start: xml.slice(start, rowStart),
      row: (cells) =>
        pieces.reduce((row, piece, i) => {
          const cell = i === pieces.length - 1 || cells[i] !== null ? piece : goingOn(piece)
          return row + (i > 0 ? (cells[i - 1] ?? '') : '') + cell
        }, ''),
      end: xml.slice(rowEnd, end),
    })
    from = end
  }
  const noteEnd = after(xml, '</w:p>', xml.indexOf(notePlaceholder))
  const note = xml.slice(from, noteEnd)
  return { tables, note: (text) => note.replace(notePlaceholder, text), tail: xml.slice(noteEnd) }
}

/** What leads up to a cell that is one with the cell above it (ECMA-376 part 1, 17.4.84). */
function goingOn(xml: string): string {
  return xml.replace('<w:vMerge w:val="restart"/>', '<w:vMerge w:val="continue"/>')
}

function after(xml: string, tag: string, from: number): number {
  return xml.indexOf(tag, from) + tag.length
}
