import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
  Table as WordTable,
} from 'docx'
import { shanghaiMinute } from '../rules/shanghai.ts'
import type { Cell, Column, Table } from './cells.ts'
import { a4Section, sizes, textRuns, titleParagraph, wordStyles } from './word-page.ts'

/** A paper that is one table: its heading, what is said above it, and its rows. */
export interface WordPaper extends Table {
  title: string
  /** Lines under the title: what is counted, when it was made. */
  facts: string[]
}

/** Word opens a table of so many rows in seconds; docx holds each of them in memory (2,000: 193 MB). */
const rowsPerDocument = 2000

/**
 * The paper as Word documents, A4 landscape, the header row repeated on each page; a long table goes on in further
 * documents, 2,000 rows each, so that memory stays bounded.
 */
export async function* wordTables(paper: WordPaper): AsyncGenerator<Buffer> {
  let batch: Cell[][] = []
  let part = 1
  for await (const row of paper.rows) {
    if (batch.length === rowsPerDocument) {
      yield await document(paper, batch, part++)
      batch = []
    }
    batch.push(row)
  }
  yield await document(paper, batch, part)
}

function document({ title, facts, columns }: WordPaper, rows: Cell[][], part: number): Promise<Buffer> {
  const table = new WordTable({
    layout: TableLayoutType.FIXED,
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: widths(columns),
    borders: allBorders,
    rows: [headerRow(columns), ...rows.map((row) => bodyRow(row))],
  })
  const file = new Document({
    styles: wordStyles,
    title,
    creator: '征求意见门户',
    sections: [
      {
        ...a4Section('landscape'),
        children: [
          titleParagraph(part > 1 ? `${title}（续 ${part - 1}）` : title),
          ...facts.map((fact) => new Paragraph({ children: textRuns(fact, { size: sizes.table }) })),
          table,
        ],
      },
    ],
  })
  return Packer.toBuffer(file)
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

function bodyRow(cells: Cell[]): TableRow {
  return new TableRow({
    children: cells.map(
      (cell) =>
        new TableCell({
          children: [new Paragraph({ children: textRuns(printed(cell), { size: sizes.table }) })],
        }),
    ),
  })
}

function printed(cell: Cell): string {
  return cell instanceof Date ? shanghaiMinute(cell) : String(cell ?? '')
}
