import { buffer } from 'node:stream/consumers'
import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import { fromBufferPromise } from 'yauzl'
import type { Column } from './cells.ts'
import { a4Section, sizes, textRuns, titleParagraph, wordStyles } from './word-page.ts'

/** A laid-out document cut open where its table's rows go. */
export interface WordTablePattern {
  /** Every part of the file but word/document.xml. */
  entries: { name: string; data: Buffer }[]
  document: {
    head: string
    /** The table up to and with its header row. */
    tableStart: string
    /** One row, given each cell's inner XML. */
    row: (cells: string[]) => string
    tableEnd: string
    tail: string
  }
}

interface Paper {
  title: string
  facts: string[]
  columns: Column[]
}

/** Lays the paper out with one row of placeholders, and cuts the result open around it. */
export async function wordTablePattern(paper: Paper): Promise<WordTablePattern> {
  const entries = await unzip(await Packer.toBuffer(layOut(paper)))
  const document = entries.find(({ name }) => name === 'word/document.xml')
  if (!document) throw new Error('docx wrote no word/document.xml')
  return {
    entries: entries.filter((entry) => entry !== document),
    document: cutOpen(document.data.toString('utf8'), paper.columns.length),
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

const placeholder = (column: number) => `@@${column}@@`

function cutOpen(xml: string, columns: number): WordTablePattern['document'] {
  const table = xml.indexOf('<w:tbl>')
  const rowStart = xml.lastIndexOf('<w:tr>', xml.indexOf(placeholder(0)))
  const rowEnd = xml.indexOf('</w:tr>', rowStart) + '</w:tr>'.length
  const tableEnd = xml.indexOf('</w:tbl>', rowEnd) + '</w:tbl>'.length
  const pieces = xml.slice(rowStart, rowEnd).split(/@@\d+@@/)
  if (table < 0 || rowStart < table || pieces.length !== columns + 1) {
    throw new Error('the table is not laid out as expected')
  }
  return {
    head: xml.slice(0, table),
    tableStart: xml.slice(table, rowStart),
    row: (cells) => pieces.reduce((row, piece, i) => row + (cells[i - 1] ?? '') + piece),
    tableEnd: xml.slice(rowEnd, tableEnd),
    tail: xml.slice(tableEnd),
  }
}

function layOut({ title, facts, columns }: Paper): Document {
  return new Document({
    styles: wordStyles,
    title,
    creator: '征求意见门户',
    sections: [
      {
        ...a4Section('landscape'),
        children: [
          titleParagraph(title),
          ...facts.map((fact) => new Paragraph({ children: textRuns(fact, { size: sizes.table }) })),
          new Table({
            layout: TableLayoutType.FIXED,
            width: { size: 100, type: WidthType.PERCENTAGE },
            columnWidths: widths(columns),
            borders: allBorders,
            rows: [headerRow(columns), patternRow(columns)],
          }),
        ],
      },
    ],
  })
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const allBorders = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
}

/** The columns' shares of an A4 page's width within its margins, in twentieths of a point. */
function widths(columns: Column[]): number[] {
  const page = 14_797
  const whole = columns.reduce((sum, { width }) => sum + width, 0)
  return columns.map(({ width }) => Math.floor((width / whole) * page))
}

function headerRow(columns: Column[]): TableRow {
  return new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(
      ({ header }) =>
        new TableCell({
          verticalAlign: VerticalAlign.CENTER,
          shading: { fill: 'F0ECE4' },
          children: [
            new Paragraph({
              alignment: AlignmentType.CENTER,
              children: textRuns(header, { face: 'heading', size: sizes.table }),
            }),
          ],
        }),
    ),
  })
}

function patternRow(columns: Column[]): TableRow {
  return new TableRow({
    children: columns.map(
      (_, i) =>
        new TableCell({
          children: [new Paragraph({ children: textRuns(placeholder(i), { size: sizes.table }) })],
        }),
    ),
  })
}
