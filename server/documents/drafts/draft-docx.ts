import { HeadingLevel, Paragraph, Table, TableCell, TableRow, type TextRun, WidthType } from 'docx'
import type { Draft, Unit } from '../../text/outlining/outline.ts'
import { printUnit } from '../../text/outlining/print.ts'
import { headingFaces, officialDocument, packed } from '../formats/official-document.ts'
import { a4Section } from '../formats/official-page.ts'
import { bodyParagraph, sizes, textRuns, titleParagraph } from '../formats/word-page.ts'

/**
 * The draft as a Word file: headings are headings (Word's navigation pane shows them), numbers stand as they are
 * printed, tables are tables. Read again, it is the same draft.
 */
export function writeDraftDocx({ title, units }: Pick<Draft, 'title' | 'units'>): Promise<Buffer> {
  const children = [
    titleParagraph(title),
    ...units.map((unit) => (unit.table ? unitTable(unit.table) : paragraph(unit))),
  ]
  return packed(officialDocument({ title, sections: [{ ...a4Section('portrait'), children }] }))
}

function paragraph(unit: Unit): Paragraph {
  return unit.kind === 'heading' ? headingParagraph(unit) : bodyParagraph(clauseRuns(unit))
}

const levels = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
]

/** A heading in its level's style, its number as printed. */
export function headingParagraph(unit: Unit): Paragraph {
  const at = Math.min(Math.max(unit.level, 1), levels.length) - 1
  return new Paragraph({
    heading: levels[at],
    children: textRuns(printUnit(unit), { face: headingFaces[at] }),
  })
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
