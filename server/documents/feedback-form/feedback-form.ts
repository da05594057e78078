import { HeightRule, Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx'
import { identityNames, stanceNames, wholeDraft } from '../../rules/names.ts'
import type { TypedComment } from '../../rules/submissions/comment-form.ts'
import type { Unit } from '../../text/outlining/outline.ts'
import { officialDocument, packed } from '../formats/official-document.ts'
import { a4Section } from '../formats/official-page.ts'
import { shaded, sizes, textRuns, titleParagraph } from '../formats/word-page.ts'
import { clauseOpening } from './clause-opening.ts'
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
  writtenProposal,
  writtenQuote,
} from './feedback-form-words.ts'

interface FeedbackFormFacts extends FormNumber {
  title: string
  organ: string
  /** The last day on which it may be sent, as it is written. */
  closes: string
  /** Whether each thing about the person is asked. */
  asks: Partial<Record<PersonRow, 'hidden' | 'optional' | 'required'>>
}

/** What has been typed already; the blank form has nothing of it. */
export interface FilledIn {
  person: Partial<Record<PersonRow, string | boolean>>
  comments: TypedComment[]
}

const blank: FilledIn = { person: {}, comments: [] }
const box = (isTicked: boolean, name: string) => `${isTicked ? '☑' : '□'}${name}`

const answers: Partial<Record<PersonRow, (given: string | boolean | undefined) => string>> = {
  identity: (given) =>
    Object.entries(identityNames)
      .map(([identity, name]) => box(given === identity, name))
      .join('　'),
  show_name: (given) => `${box(given === true, '同意')}　${answerHints.show_name}`,
  visibility: (given) =>
    [
      box(given === 'public', '审核后可以公开'),
      box(given === 'office', '仅供起草单位参考'),
      answerHints.visibility,
    ].join('　'),
}
const stancesOf = (stance: string) =>
  Object.entries(stanceNames).map(([one, name]) => box(one === stance, name))

/**
 * 意见反馈表 as a Word file to fill in on a screen or on paper, blank or with what has been typed: who writes, then the whole draft
 * and each clause in document order with room for what is said of it, the header row on each page. The clause's key stands in small type
 * under its citation, so that the form is read back whatever Word or WPS makes of the file.
 */
export function writeFeedbackForm(
  facts: FeedbackFormFacts,
  units: Unit[],
  { person, comments }: FilledIn = blank,
): Promise<Buffer> {
  const rowsOf = (citation: string, key: string, original: string) => {
    const own = comments.filter(({ clause }) => clause === key)
    return (own.length > 0 ? own : [null]).map((comment) => clauseRow(citation, key, original, comment))
  }
  const clauses = units.filter((unit) => unit.kind !== 'heading')
  const children = [
    titleParagraph('意见反馈表'),
    line(facts.title),
    line(`请于${facts.closes}前反馈${facts.organ}。${guidance}`),
    line(writeFormNumber(facts)),
    table([3400, 11397], aboutPerson(facts.asks, person)),
    line(''),
    line(signature),
    table(
      Object.values(columns).map(({ width }) => width),
      [
        headerRow(Object.values(columns).map(({ name }) => name)),
        ...rowsOf(wholeDraftRow, wholeDraft, ''),
        ...clauses.flatMap((unit) => rowsOf(unit.citation, unit.key ?? '', clauseOpening(unit))),
      ],
    ),
  ]
  const sections = [{ ...a4Section('landscape'), children }]
  return packed(officialDocument({ title: '意见反馈表', sections }))
}

function aboutPerson(asks: FeedbackFormFacts['asks'], person: FilledIn['person']): TableRow[] {
  const fields = Object.keys(personRows) as PersonRow[]
  const asked = fields.filter((field) => asks[field === 'show_name' ? 'name' : field] !== 'hidden')
  return asked.map((field) => {
    const must = asks[field] === 'required' ? '（必填）' : ''
    const given = person[field]
    const answer = answers[field]?.(given) ?? String(given ?? '')
    return row([[personRows[field].name + must], [answer]])
  })
}

/** For some lines by hand, in twentieths of a point: 23 mm. */
const roomToWrite = 1304

function clauseRow(citation: string, key: string, original: string, said: TypedComment | null): TableRow {
  const body = said ? [said.quote ? writtenQuote(said.quote) : '', said.body] : []
  const cells = [
    [original],
    stancesOf(said?.stance ?? ''),
    body.filter(Boolean).join('\n').split(/\r?\n/),
    (said ? writtenProposal(said) : '').split(/\r?\n/),
  ]
  return new TableRow({
    cantSplit: said === null,
    height: { value: roomToWrite, rule: HeightRule.ATLEAST },
    children: [
      cell([words(citation), textRuns(`〔${key}〕`, { size: 15, color: '6B6459' })]),
      ...cells.map((lines) => cell(lines.map(words))),
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
