import { type Day, readDay } from '../days.ts'
import type { TypedComment } from '../submissions/comment-form.ts'
import type {
  Submission,
  SubmissionRules,
  submissionForm,
  TypedSubmission,
} from '../submissions/submission-form.ts'
import { type IntakeColumn, intakeColumns } from './intake-columns.ts'
import type { intakeForm, ReadIntake, TypedIntake } from './intake-form.ts'
import {
  type ClauseIndex,
  type Read,
  readChannel,
  readClause,
  readIdentity,
  readProposal,
  readStance,
  readVisibility,
  readYes,
} from './intake-values.ts'

/** One letter of the table: what will be stored as one submission. */
export interface ListedIntake {
  intake: ReadIntake
  submission: Submission
  /** The rows that it was read from, in the order of its comments. */
  rows: number[]
}

/** What is wrong, and where; row 1 is the header. */
export interface RowError {
  row: number
  message: string
}

/** What the rows are read against. */
export interface IntakeRules extends SubmissionRules {
  index: ClauseIndex
  today: Day
}

/** The same as the forms that the letters would have been typed into. */
interface LetterForms {
  index: ClauseIndex
  intakeForm: ReturnType<typeof intakeForm>
  submissionForm: ReturnType<typeof submissionForm>
}

export type CellOf = (column: IntakeColumn) => string

/** A row of the table with its cells by column. */
export interface PlacedRow {
  number: number
  cell: CellOf
}

/** What the rows of one letter have to agree on. */
const ofLetter = [
  'channel',
  'receivedOn',
  'onBehalf',
  'identity',
  'name',
  'organisation',
  'contact',
  'region',
  'visibility',
] as const satisfies readonly IntakeColumn[]

/** Reads the rows of one letter as one submission, or everything that is wrong with them. */
export function readLetter(
  rows: PlacedRow[],
  { index, intakeForm, submissionForm }: LetterForms,
): { entry: ListedIntake | null; errors: RowError[] } {
  const errors: RowError[] = []
  const first = rows[0]?.number ?? 1
  const said = agreed(rows, errors)
  const take = (row: number, { value, problem }: Read) => {
    if (problem) errors.push({ row, message: problem })
    return value
  }
  const day = readDay(said('receivedOn'))
  const intake: TypedIntake = {
    channel: take(first, readChannel(said('channel'))),
    received_on: day ?? '',
    reference: rows[0]?.cell('reference') ?? '',
    present: '',
    parted: false,
    on_behalf: take(first, readYes('代填', said('onBehalf'))) !== '',
  }
  const typed: TypedSubmission = {
    comments: rows.map(({ number, cell }) => readRow(cell, (read) => take(number, read), index)),
    identity: take(first, readIdentity(said('identity'))),
    name: said('name'),
    show_name: false,
    organisation: said('organisation'),
    region: said('region'),
    contact: said('contact'),
    visibility: take(first, readVisibility(said('visibility'))),
  }
  if (typed.organisation && said('identity') === '') {
    errors.push({ row: first, message: '填了单位名称，请把身份也填上（企业、社会组织、机关事业单位等）' })
  }
  const numbers = rows.map(({ number }) => number)
  const [came, sent] = [intakeForm.read(intake), submissionForm.read(typed)]
  errors.push(...placed(numbers, [...came.errors, ...sent.errors]))
  if (errors.length > 0 || !came.values || !sent.values) return { entry: null, errors }
  return { entry: { intake: came.values, submission: sent.values, rows: numbers }, errors }
}

function readRow(cell: CellOf, take: (read: Read) => string, index: ClauseIndex): TypedComment {
  const wording = cell('wording')
  return {
    clause: take(readClause(cell('clause'), index)),
    stance: take(readStance(cell('stance'))),
    body: cell('body'),
    proposal: take(readProposal(cell('proposal'))) || (wording ? 'amend' : ''),
    wording,
    quote: cell('quote'),
  }
}

/** What a letter says once holds for all its rows; where two rows say different things, that is an error. */
function agreed(rows: PlacedRow[], errors: RowError[]): CellOf {
  const said = new Map<IntakeColumn, { row: number; value: string }>()
  for (const column of ofLetter) {
    for (const { number, cell } of rows) {
      const value = cell(column)
      const before = said.get(column)
      if (value === '') continue
      if (!before) said.set(column, { row: number, value })
      else if (before.value !== value) {
        const name = intakeColumns[column][0]
        const message = `同一来文文号的${name}与第 ${before.row} 行不同：一份来文只有一个${name}`
        errors.push({ row: number, message })
      }
    }
  }
  return (column) => said.get(column)?.value ?? ''
}

/** Fields whose words were read one by one, each with a sentence of its own. */
const readAlready = /^(?:channel|identity|visibility|comments\[\d+\]\[(?:clause|stance|proposal)\])$/

/** What a form would be refused for, by row. */
function placed(rows: number[], found: readonly { field: string; message: string }[]): RowError[] {
  return found.flatMap(({ field, message }) => {
    const place = /^comments\[(\d+)\]/.exec(field)?.[1] ?? 0
    return readAlready.test(field) ? [] : [{ row: rows[Number(place)] ?? rows[0] ?? 1, message }]
  })
}
