import { Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx'
import { identityNames, stanceNames, wholeDraft } from '../../rules/names.ts'
import type { Unit } from '../../text/outlining/outline.ts'
import { printUnit } from '../../text/outlining/print.ts'
import { officialDocument, packed } from '../formats/official-document.ts'
import { a4Section } from '../formats/official-page.ts'
import { shaded, sizes, textRuns, titleParagraph } from '../formats/word-page.ts'
import {
  answerHints,
  columns,
  type FormNumber,
  guidance,
  type PersonRow,
  personRows,
  signature,
  wholeDraftRow,
  writeFormNumber,
} from './feedback-form-words.ts'

interface FeedbackFormFacts extends FormNumber {
  title: string
  organ: string
  /** The last day on which it may be sent, as it is written. */
  closes: string
  /** Whether each thing about the person is asked. */
  asks: Partial<Record<PersonRow, 'hidden' | 'optional' | 'required'>>
}

const answers: Partial<Record<PersonRow, string>> = {
  identity: Object.values(identityNames)
    .map((name) => `□${name}`)
    .join('　'),
  show_name: `□同意　${answerHints.show_name}`,
  visibility: `□审核后可以公开　□仅供起草单位参考　${answerHints.visibility}`,
}
const stances = Object.values(stanceNames).map((name) => `□${name}`)

/**
 * 意见反馈表, blank, as a Word file to fill in on a screen or on paper: who writes, then the whole draft and each clause in
 * document order with room for what is said of it, the header row on each page. The clause's key stands in small type
 * under its citation, so that the form is read back whatever Word or WPS makes of the file.
 */
export function writeFeedbackForm(facts: FeedbackFormFacts, units: Unit[]): Promise<Buffer> {
  const clauses = units.filter((unit) => unit.kind !== 'heading')
  const children = [
    titleParagraph('意见反馈表'),
    line(facts.title),
    line(`请于${facts.closes}前反馈${facts.organ}。${guidance}`),
    line(writeFormNumber(facts)),
    table([3400, 11397], aboutPerson(facts.asks)),
    line(''),
    table(
      Object.values(columns).map(({ width }) => width),
      [
        headerRow(Object.values(columns).map(({ name }) => name)),
        clauseRow(wholeDraftRow, wholeDraft, ''),
        ...clauses.map((unit) => clauseRow(unit.citation, unit.key ?? '', printUnit(unit))),
      ],
    ),
    line(''),
    line(signature),
  ]
  const sections = [{ ...a4Section('landscape'), children }]
  return packed(officialDocument({ title: '意见反馈表', sections }))
}

function aboutPerson(asks: FeedbackFormFacts['asks']): TableRow[] {
  const fields = Object.keys(personRows) as PersonRow[]
  const asked = fields.filter((field) => asks[field === 'show_name' ? 'name' : field] !== 'hidden')
  return asked.map((field) => {
    const must = asks[field] === 'required' ? '（必填）' : ''
    return row([[personRows[field].name + must], [answers[field] ?? '']])
  })
}

function clauseRow(citation: string, key: string, original: string): TableRow {
  return new TableRow({
    children: [
      cell([words(citation), textRuns(`〔${key}〕`, { size: 15, color: '6B6459' })]),
      ...[[original], stances, [''], ['']].map((lines) => cell(lines.map(words))),
    ],
  })
}

function line(text: string): Paragraph {
  return new Paragraph({ spacing: { after: 120 }, children: words(text) })
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
  const children = names.map((name) =>
    cell([textRuns(name, { face: 'heading', size: sizes.table })], 'F0ECE4'),
  )
  return new TableRow({ tableHeader: true, cantSplit: true, children })
}

function row(cells: string[][]): TableRow {
  return new TableRow({ children: cells.map((lines) => cell(lines.map(words))) })
}

function cell(paragraphs: ReturnType<typeof textRuns>[], fill?: string): TableCell {
  return new TableCell({
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    shading: fill === undefined ? undefined : shaded(fill),
    children: paragraphs.map((children) => new Paragraph({ children })),
  })
}

function words(text: string) {
  return text === '' ? [] : textRuns(text, { size: sizes.table })
}
