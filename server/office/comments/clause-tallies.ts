import type { AnsweredCell } from '../../../db/queries/answers/progress.ts'
import type { CountCell } from '../../../db/queries/comments/aggregates.ts'
import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import { stanceNames, stateNames, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { admittedIn, answeredIn } from './overview-cards.ts'
import { readingAddress } from './reading-address.ts'

interface Share {
  value: string
  name: string
  count: number
}

/** Comments by stance, and by state. */
export interface Tally {
  received: number
  stances: Share[]
  states: Share[]
}

/** A clause with its comments, and how far the office is with them. */
export interface ClauseTally extends Tally {
  key: string
  label: string | null
  title: string
  departments: string[]
  reading: string
  board: string | null
  pending: number
  /** Admitted, and of those with an approved answer. */
  admitted: number
  answered: number
  endorsements: number
}

/** What a consultation's comments are counted from. */
interface Counted {
  cells: CountCell[]
  answers: AnsweredCell[]
  assignments: { clause: string; name: string }[]
  /** 附议 in 人次 by clause. */
  endorsements: ReadonlyMap<string, number>
}

/** The draft as a whole, then each clause. */
export function clauseTallies(
  slug: string,
  clauses: OrderedClause[],
  { cells, answers, assignments, endorsements }: Counted,
): ClauseTally[] {
  return [{ key: wholeDraft, label: null, title: wholeDraftName }, ...clauses.map(entitled)].map((row) => {
    const own = cells.filter((cell) => cell.clause === row.key)
    return {
      ...row,
      ...tally(own),
      departments: assignments.flatMap(({ clause, name }) => (clause === row.key ? [name] : [])),
      reading: readingAddress(slug, { clause: row.key }),
      board: row.key === wholeDraft ? null : `/office/${slug}/clauses/${row.key}`,
      pending: countIn(own, 'state', 'pending'),
      admitted: admittedIn(own),
      answered: answeredIn(answers.filter((cell) => cell.clause === row.key)),
      endorsements: endorsements.get(row.key) ?? 0,
    }
  })
}

/** What follows a clause's number in its name, so that the number can be set off. */
function entitled({ key, label, name }: OrderedClause) {
  return { key, label, title: label && name.startsWith(label) ? name.slice(label.length) : name }
}

export function tally(cells: CountCell[]): Tally {
  return {
    received: cells.reduce((sum, cell) => sum + cell.count, 0),
    stances: shares(cells, 'stance', stanceNames),
    states: shares(cells, 'state', stateNames),
  }
}

function shares(
  cells: CountCell[],
  by: 'stance' | 'state',
  names: Readonly<Record<string, string>>,
): Share[] {
  return Object.entries(names).map(([value, name]) => ({ value, name, count: countIn(cells, by, value) }))
}

function countIn(cells: CountCell[], by: 'stance' | 'state', value: string): number {
  return cells.reduce((sum, cell) => sum + (cell[by] === value ? cell.count : 0), 0)
}
