import { Document, Packer, Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx'
import type { Unit } from '../text/outline.ts'
import { gapAfter } from '../text/print.ts'
import { a4Section, sizes, textRuns, titleParagraph, wordStyles } from './word-page.ts'

export interface FeedbackFormFacts {
  title: string
  organ: string
  /** The last day on which it may be sent, as it is written. */
  closes: string
}

/** A4 landscape within its margins, in twentieths of a point. */
const widths = [1100, 6100, 4900, 2697]
const person = ['姓名（选填）', '单位名称（代表单位时填写并盖章）', '所在地区', '联系方式（选填，不公开）']

/**
 * 意见反馈表, blank, as a Word file: who writes, then each clause in document order with room for the proposed wording
 * and the reason, the header row on each page.
 */
export function writeFeedbackForm(
  { title, organ, closes }: FeedbackFormFacts,
  units: Unit[],
): Promise<Buffer> {
  const clauses = units.filter((unit) => unit.kind !== 'heading')
  const children = [
    titleParagraph('意见反馈表'),
    new Paragraph({
      spacing: { after: 160 },
      children: words(`${title}　请于${closes}前反馈${organ}。没有意见的条款留空即可。`),
    }),
    table(
      [3400, 11397],
      person.map((name) => row([name, ''])),
    ),
    new Paragraph({ spacing: { before: 160 }, children: [] }),
    table(widths, [
      headerRow(['条款', '原文', '修改意见', '理由']),
      ...clauses.map((unit) => row([unit.citation, textOf(unit), '', ''])),
    ]),
  ]
  const sections = [{ ...a4Section('landscape'), children }]
  return Packer.toBuffer(new Document({ styles: wordStyles, title: '意见反馈表', sections }))
}

function textOf({ label, text }: Unit): string {
  return label === null ? text : label + gapAfter(label) + text
}

function table(columnWidths: number[], rows: TableRow[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths,
    rows,
  })
}

function headerRow(names: string[]): TableRow {
  const children = names.map((name) => cell(textRuns(name, { face: 'heading', size: sizes.table }), 'F0ECE4'))
  return new TableRow({ tableHeader: true, cantSplit: true, children })
}

function row(texts: string[]): TableRow {
  return new TableRow({ children: texts.map((text) => cell(words(text))) })
}

function cell(children: ReturnType<typeof textRuns>, fill?: string): TableCell {
  return new TableCell({
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    shading: fill === undefined ? undefined : { fill },
    children: [new Paragraph({ children })],
  })
}

function words(text: string) {
  return text === '' ? [] : textRuns(text, { size: sizes.table })
}
