import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import type { TablePaper } from './cells.ts'
import { packed } from './official-document.ts'
import { acrossPlaceholder, layOutTable, notePlaceholder, placeholder } from './word-table-layout.ts'

/** A laid-out document cut open where its table's rows go. */
export interface WordTablePattern {
  /** Every part of the file but word/document.xml. */
  entries: { name: string; data: Buffer }[]
  /** What stands above the table. */
  before: string
  /** The table up to and with its header row. */
  start: string
  /** One row, given each cell's inner XML. */
  row: (cells: string[]) => string
  /** A row of one cell as wide as the table. */
  across: (text: string) => string
  end: string
  /** A last line below the table. */
  note: (text: string) => string
  tail: string
}

/** Lays the paper out with placeholders for a row of cells and for one across, and cuts the result open around them. */
export async function wordTablePattern(
  paper: Pick<TablePaper, 'title' | 'facts' | 'columns'>,
): Promise<WordTablePattern> {
  const entries = await unzip(await packed(layOutTable(paper)))
  const document = entries.find(({ name }) => name === 'word/document.xml')
  if (!document) throw new Error('docx wrote no word/document.xml')
  return {
    entries: entries.filter((entry) => entry !== document),
    ...cutOpen(document.data.toString('utf8'), paper.columns.length),
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

function cutOpen(xml: string, columns: number): Omit<WordTablePattern, 'entries'> {
  const start = xml.indexOf('<w:tbl>')
  const [rowStart, rowEnd] = rowAround(xml, placeholder(0))
  const [acrossStart, acrossEnd] = rowAround(xml, acrossPlaceholder)
  const end = after(xml, '</w:tbl>', acrossEnd)
  const pieces = xml.slice(rowStart, rowEnd).split(/@@\d+@@/)
  const [opening, closing] = xml.slice(acrossStart, acrossEnd).split(acrossPlaceholder)
  if (start < 0 || rowStart < start || acrossStart !== rowEnd || pieces.length !== columns + 1) {
    throw new Error('the table is not laid out as expected')
  }
  const noteEnd = after(xml, '</w:p>', xml.indexOf(notePlaceholder))
  const note = xml.slice(end, noteEnd)
  return {
    before: xml.slice(0, start),
    start: xml.slice(start, rowStart),
    row: (cells) => pieces.reduce((row, piece, i) => row + (cells[i - 1] ?? '') + piece),
    across: (text) => `${opening}${text}${closing}`,
    end: xml.slice(acrossEnd, end),
    note: (text) => note.replace(notePlaceholder, () => text),
    tail: xml.slice(noteEnd),
  }
}

/** Where the table row that holds a text begins and ends. */
function rowAround(xml: string, text: string): [number, number] {
  const start = xml.lastIndexOf('<w:tr>', xml.indexOf(text))
  return [start, after(xml, '</w:tr>', start)]
}

function after(xml: string, tag: string, from: number): number {
  return xml.indexOf(tag, from) + tag.length
}
