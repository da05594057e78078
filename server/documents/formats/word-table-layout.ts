import {
  AlignmentType,
  BorderStyle,
  type Document,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  VerticalMergeType,
  WidthType,
} from 'docx'
import type { Column, TablePaper } from './cells.ts'
import { officialDocument } from './official-document.ts'
import { a4Section, turnedWidth } from './official-page.ts'
import { shaded, sizes, textRuns, titleParagraph } from './word-page.ts'

/** Stands where a cell's text goes. */
export const placeholder = (table: number, column: number) => `@@${table}.${column}@@`
/** Stands where the line below the tables goes. */
export const notePlaceholder = '@@note@@'

/** A paper of tables as a Word document, A4 landscape, with a row of placeholders in each table. */
export function layOutTables({
  title,
  facts,
  columns,
  annex,
}: Pick<TablePaper, 'title' | 'facts' | 'columns' | 'annex'>): Document {
  return officialDocument({
    title,
    creator: '征求意见门户',
    sections: [
      {
        ...a4Section('landscape'),
        children: [
          titleParagraph(title),
          ...facts.map((fact) => new Paragraph({ children: textRuns(fact, { size: sizes.table }) })),
          tableOf(columns, 0),
          ...(annex ? [annexTitle(annex.title), tableOf(annex.columns, 1)] : []),
          new Paragraph({ children: textRuns(notePlaceholder, { size: sizes.table }) }),
        ],
      },
    ],
  })
}

function annexTitle(title: string): Paragraph {
  return new Paragraph({
    pageBreakBefore: true,
    spacing: { after: 160 },
    children: textRuns(`附：${title}`, { face: 'heading', size: sizes.body }),
  })
}

function tableOf(columns: Column[], table: number): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: widths(columns),
    borders: allBorders,
    margins: { left: cellMargin, right: cellMargin, marginUnitType: WidthType.DXA },
    rows: [headerRow(columns), patternRow(columns, table)],
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

/** Beside a cell's text, in twentieths of a point. */
const cellMargin = 70
/** A number of five digits in 五号 between its margins. */
const narrowest = 5 * 105 + 2 * cellMargin + 5

/** The columns' shares of a turned page's width, in twentieths of a point. */
function widths(columns: Column[]): number[] {
  const page = turnedWidth
  const whole = columns.reduce((sum, { width }) => sum + width, 0)
  const shares = columns.map(({ width }) => Math.max(narrowest, Math.floor((width / whole) * page)))
  const excess = shares.reduce((sum, share) => sum + share, 0) - page
  const widest = shares.indexOf(Math.max(...shares))
  return shares.map((share, i) => (i === widest ? share - Math.max(0, excess) : share))
}

function headerRow(columns: Column[]): TableRow {
  return new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(
      ({ header }) =>
        new TableCell({
          verticalAlign: VerticalAlign.CENTER,
          shading: shaded('F0ECE4'),
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

function patternRow(columns: Column[], table: number): TableRow {
  return new TableRow({
    children: columns.map(
      ({ merged }, i) =>
        new TableCell({
          ...(merged && { verticalMerge: VerticalMergeType.RESTART }),
          children: [new Paragraph({ children: textRuns(placeholder(table, i), { size: sizes.table }) })],
        }),
    ),
  })
}
