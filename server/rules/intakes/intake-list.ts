import { submissionForm } from '../submissions/submission-form.ts'
import { type HeaderRow, readHeader } from './intake-columns.ts'
import { intakeForm } from './intake-form.ts'
import {
  type CellOf,
  type IntakeRules,
  type ListedIntake,
  type PlacedRow,
  type RowError,
  readLetter,
} from './intake-letter.ts'

/** A row of the table, as its file counts it. */
interface Row {
  number: number
  cells: string[]
}

interface ReadIntakeList {
  entries: ListedIntake[]
  errors: RowError[]
  /** Columns that are not read. */
  unknown: string[]
}

/**
 * Reads a table of offline comments under a header row. Rows of one 来文文号 are one letter with several comments, and what
 * is said of it once need not be said again; a row without a number is a letter of its own.
 */
export function readIntakeList(table: readonly Row[], rules: IntakeRules): ReadIntakeList {
  const [header, ...rows] = table
  const { places, problems, unknown } = readHeader(header?.cells ?? [])
  if (!header || problems.length > 0 || rows.length === 0) {
    const first = header?.number ?? 1
    const messages = problems.length > 0 ? problems : ['表格里没有意见：请从第二行起，每行填一条意见']
    return { entries: [], errors: messages.map((message) => ({ row: first, message })), unknown }
  }
  const forms = {
    index: rules.index,
    intakeForm: intakeForm(rules.today),
    submissionForm: submissionForm(rules),
  }
  const letters = [...lettersOf(rows, places).values()].map((letter) => readLetter(letter, forms))
  return {
    entries: letters.flatMap(({ entry }) => entry ?? []),
    errors: letters.flatMap(({ errors }) => errors).sort((a, b) => a.row - b.row),
    unknown,
  }
}

function lettersOf(rows: readonly Row[], places: HeaderRow['places']): Map<string, PlacedRow[]> {
  const letters = new Map<string, PlacedRow[]>()
  for (const { number, cells } of rows) {
    const cell: CellOf = (column) => cells[places.get(column) ?? -1] ?? ''
    const key = cell('reference').replace(/\s/g, '') || `row ${number}`
    const letter = letters.get(key) ?? []
    letter.push({ number, cell })
    letters.set(key, letter)
  }
  return letters
}
