import {
  AlignmentType,
  Document,
  HeadingLevel,
  type IParagraphStylePropertiesOptions,
  type IStylesOptions,
  Packer,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  type TextRun,
  WidthType,
} from 'docx'
import type { Draft, Unit } from '../../text/outlining/outline.ts'
import { printUnit } from '../../text/outlining/print.ts'
import { a4Section, sizes, textRuns, titleParagraph, typefaces, wordStyles } from '../formats/word-page.ts'

/** GB/T 9704: 一、 in 黑体, （一） in 楷体, what is deeper in 仿宋. */
const headings = [
  { level: HeadingLevel.HEADING_1, face: 'heading' },
  { level: HeadingLevel.HEADING_2, face: 'subheading' },
  { level: HeadingLevel.HEADING_3, face: 'body' },
  { level: HeadingLevel.HEADING_4, face: 'body' },
  { level: HeadingLevel.HEADING_5, face: 'body' },
  { level: HeadingLevel.HEADING_6, face: 'body' },
] as const

const body: IParagraphStylePropertiesOptions = {
  alignment: AlignmentType.JUSTIFIED,
  indent: { firstLine: 2 * sizes.body * 10 },
  spacing: { line: 560 },
}

/** Headings as GB/T 9704 sets them, each level a style of its own. */
export const draftStyles: IStylesOptions = {
  ...wordStyles,
  default: {
    ...wordStyles.default,
    ...Object.fromEntries(
      headings.map(({ face }, index) => [
        `heading${index + 1}`,
        {
          run: { size: sizes.body, bold: index > 1, color: '000000', font: typefaces[face] },
          paragraph: body,
        },
      ]),
    ),
  },
}

/**
 * The draft as a Word file: headings are headings (Word's navigation pane shows them), numbers stand as they are
 * printed, tables are tables. Read again, it is the same draft.
 */
export function writeDraftDocx({ title, units }: Pick<Draft, 'title' | 'units'>): Promise<Buffer> {
  const children = [
    titleParagraph(title),
    ...units.map((unit) => (unit.table ? unitTable(unit.table) : paragraph(unit))),
  ]
  return Packer.toBuffer(
    new Document({ title, styles: draftStyles, sections: [{ ...a4Section('portrait'), children }] }),
  )
}

function paragraph(unit: Unit): Paragraph {
  return unit.kind === 'heading' ? headingParagraph(unit) : bodyParagraph(clauseRuns(unit))
}

/** A clause's paragraph: two characters in, justified. */
export function bodyParagraph(children: readonly ParagraphChild[]): Paragraph {
  return new Paragraph({ ...body, children })
}

/** A heading in its level's style, its number as printed. */
export function headingParagraph(unit: Unit): Paragraph {
  const { level, face } = headings[Math.min(unit.level, headings.length) - 1] ?? headings[0]
  return new Paragraph({ heading: level, children: textRuns(printUnit(unit), { face }) })
}

/** The number and the opening heading sentence stand out, as GB/T 9704 sets （一） in 楷体. */
function clauseRuns(unit: Unit): TextRun[] {
  const printed = printUnit(unit)
  if (unit.heading === null) return textRuns(printed)
  const opening = printed.length - unit.text.length + unit.heading.length
  return [...textRuns(printed.slice(0, opening), { face: 'subheading' }), ...textRuns(printed.slice(opening))]
}

/** A table of the draft. */
export function unitTable(rows: string[][]): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells) =>
        new TableRow({
          children: cells.map(
            (cell) =>
              new TableCell({
                children: cell
                  .split('\n')
                  .map((line) => new Paragraph({ children: textRuns(line, { size: sizes.table }) })),
              }),
          ),
        }),
    ),
  })
}
