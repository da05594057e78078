import {
  AlignmentType,
  type IRunOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  type TextRun,
  UnderlineType,
  WidthType,
} from 'docx'
import { relationNames } from '../../rules/drafts/clause-relations.ts'
import { officialDocument, packed } from '../formats/official-document.ts'
import { a4Section, turnedWidth } from '../formats/official-page.ts'
import { shaded, sizes, textRuns, titleParagraph } from '../formats/word-page.ts'
import type { ComparedRow, OldWording } from './comparison.ts'

/** Words that are gone are struck out, new ones underlined; the colours only repeat it. */
const gone = { strike: true, color: 'A4161A' } as const
const come = { bold: true, underline: { type: UnderlineType.SINGLE }, color: '1F6F43' } as const

const remarkWidth = 2300
const wordingWidth = Math.floor((turnedWidth - remarkWidth) / 2)
const widths = [wordingWidth, wordingWidth, remarkWidth]

/**
 * 修改对照表 as a Word file: 原条款｜修改后条款｜说明 in the order of the new text, what was dropped at its place,
 * differences marked word by word, the header row on each page.
 * @param about what is compared, a sentence
 */
export function writeComparisonDocx(about: string, rows: ComparedRow[]): Promise<Buffer> {
  const facts = `${about}删去的字句加删除线，新增的字句加下划线。`
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: widths,
    rows: [headerRow(), ...folded(rows).map(tableRow)],
  })
  const children = [
    titleParagraph('修改对照表'),
    new Paragraph({ spacing: { after: 160 }, children: words(facts) }),
    table,
  ]
  const sections = [{ ...a4Section('landscape'), children }]
  return packed(officialDocument({ title: '修改对照表', sections }))
}

/** Clauses one after another that did not change, and the headings between them. */
interface FoldedRow {
  kind: 'folded'
  citations: string[]
}

/** The rows with what did not change in one row each time; a heading stays where something below it changed. */
function folded(rows: ComparedRow[]): (ComparedRow | FoldedRow)[] {
  const shown: (ComparedRow | FoldedRow)[] = []
  let citations: string[] = []
  let headings: ComparedRow[] = []
  const close = () => {
    if (citations.length > 0) shown.push({ kind: 'folded', citations })
    shown.push(...headings)
    citations = []
    headings = []
  }
  for (const row of rows) {
    if (row.kind === 'heading') headings.push(row)
    else if (isAsBefore(row)) {
      citations.push(row.citation)
      headings = []
    } else {
      close()
      shown.push(row)
    }
  }
  headings = []
  close()
  return shown
}

function isAsBefore(row: ComparedRow): row is ClauseRow {
  if (row.kind !== 'clause' || row.relation !== 'unchanged' || row.reason !== null) return false
  return row.old.every(({ citation }) => citation === row.citation)
}

function foldedText({ citations }: FoldedRow): string {
  const [first = '', last = first] = [citations[0], citations.at(-1)]
  if (citations.length === 1) return `${first}没有修改，略。`
  return `${first}至${last}共 ${citations.length} 条没有修改，略。`
}

function headerRow(): TableRow {
  const children = ['原条款', '修改后条款', '说明'].map((header) => {
    const children = textRuns(header, { face: 'heading', size: sizes.table })
    return cell([new Paragraph({ alignment: AlignmentType.CENTER, children })], { fill: 'F0ECE4' })
  })
  return new TableRow({ tableHeader: true, cantSplit: true, children })
}

function tableRow(row: ComparedRow | FoldedRow): TableRow {
  switch (row.kind) {
    case 'folded':
      return new TableRow({
        cantSplit: true,
        children: [
          cell([new Paragraph({ children: words(foldedText(row)) })], { columnSpan: widths.length }),
        ],
      })
    case 'heading': {
      const heading = new Paragraph({ keepNext: true, children: words(row.text, { bold: true }) })
      return new TableRow({ children: [cell([heading], { columnSpan: widths.length, fill: 'F6F3EE' })] })
    }
    case 'deleted':
      return clauseRow(
        [new Paragraph({ children: words(whole(row.old), gone) })],
        [],
        explained('删去', row.reason),
      )
    case 'clause':
      return clauseRow(oldParagraphs(row), [newParagraph(row)], remark(row))
  }
}

function clauseRow(before: Paragraph[], after: Paragraph[], remark: string): TableRow {
  const cells = [before, after, [new Paragraph({ children: words(remark) })]]
  return new TableRow({ children: cells.map((paragraphs) => cell(paragraphs)) })
}

type ClauseRow = Extract<ComparedRow, { kind: 'clause' }>

/** Each old clause in a paragraph of its own, though the differences run through them all. */
function oldParagraphs({ old, differences }: ClauseRow): Paragraph[] {
  const pieces = differences.filter(({ change }) => change !== 'added')
  return old.map(({ label, text }) => {
    const runs = words(label)
    let left = text.length
    for (let piece = pieces.shift(); piece; piece = left > 0 ? pieces.shift() : undefined) {
      const here = piece.text.slice(0, left)
      runs.push(...words(here, piece.change === 'removed' ? gone : {}))
      if (piece.text.length > left) pieces.unshift({ ...piece, text: piece.text.slice(left) })
      left -= here.length
    }
    return new Paragraph({ children: runs })
  })
}

function newParagraph({ label, differences }: ClauseRow): Paragraph {
  const pieces = differences.filter(({ change }) => change !== 'removed')
  const children = pieces.flatMap(({ change, text }) => words(text, change === 'added' ? come : {}))
  return new Paragraph({ children: [...words(label), ...children] })
}

/** How it came about, and from where when it is cited otherwise now. */
function remark({ relation, citation, old, reason }: ClauseRow): string {
  const elsewhere = old.map((each) => each.citation).filter((each) => each !== citation)
  const origin = elsewhere.length > 0 ? `（原${elsewhere.join('、')}）` : ''
  return explained(relationNames[relation] + origin, reason)
}

function explained(what: string, reason: string | null): string {
  return reason === null ? what : `${what}。${reason}`
}

function whole({ label, text }: OldWording): string {
  return label + text
}

function words(text: string, options: Omit<IRunOptions, 'text'> = {}): TextRun[] {
  return text === '' ? [] : textRuns(text, { ...options, size: sizes.table })
}

function cell(children: Paragraph[], options: { fill?: string; columnSpan?: number } = {}): TableCell {
  const { fill, columnSpan } = options
  return new TableCell({
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    columnSpan,
    shading: fill === undefined ? undefined : shaded(fill),
    children: children.length > 0 ? children : [new Paragraph({})],
  })
}
