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
  WidthType,
} from 'docx'
import type { Column, TablePaper } from './cells.ts'
import { officialDocument } from './official-document.ts'
import { a4Section } from './official-page.ts'
import { shaded, sizes, textRuns, titleParagraph } from './word-page.ts'
import { cellMargin, columnWidths } from './word-table-columns.ts'

/** Stands where a cell's text goes. */
export const placeholder = (column: number) => `@@${column}@@`
/** Stands where a text goes that is as wide as the table. */
export const acrossPlaceholder = '@@across@@'
/** Stands where the line below the table goes. */
export const notePlaceholder = '@@note@@'

/** A paper that is a table as a Word document, A4 landscape, with a row of placeholders and one across. */
export function layOutTable({
  title,
  facts,
  columns,
}: Pick<TablePaper, 'title' | 'facts' | 'columns'>): Document {
  return officialDocument({
    title,
    creator: '征求意见门户',
    sections: [
      {
        ...a4Section('landscape'),
        children: [
          titleParagraph(title),
          ...facts.map((fact) => new Paragraph({ children: textRuns(fact, { size: sizes.table }) })),
          tableOf(columns),
          new Paragraph({ children: textRuns(notePlaceholder, { size: sizes.table }) }),
        ],
      },
    ],
  })
}

function tableOf(columns: Column[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: columnWidths(columns),
    borders: allBorders,
    margins: { left: cellMargin, right: cellMargin, marginUnitType: WidthType.DXA },
    rows: [headerRow(columns), patternRow(columns), acrossRow(columns)],
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

function patternRow(columns: Column[]): TableRow {
  return new TableRow({
    cantSplit: true,
    children: columns.map(
      ({ centred }, i) =>
        new TableCell({
          children: [
            new Paragraph({
              ...(centred && { alignment: AlignmentType.CENTER }),
              children: textRuns(placeholder(i), { size: sizes.table }),
            }),
          ],
        }),
    ),
  })
}

function acrossRow(columns: Column[]): TableRow {
  return new TableRow({
    cantSplit: true,
    children: [
      new TableCell({
        columnSpan: columns.length,
        shading: shaded('F7F5F0'),
        children: [
          new Paragraph({
            keepNext: true,
            children: textRuns(acrossPlaceholder, { size: sizes.table }),
          }),
        ],
      }),
    ],
  })
}
