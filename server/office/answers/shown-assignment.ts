import type { Database } from '../../../db/database.ts'
import type { Assignment } from '../../../db/queries/answers/clause-departments.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { readingAddress } from '../comments/reading-address.ts'

/** A clause that is a department's to answer. */
export interface ShownAssignment {
  clause: string
  clauseName: string
  dueOn: string | null
  /** Admitted comments of the clause without an approved answer. */
  open: number
  overdue: boolean
  reading: string
}

/** @param open how many admitted comments of each clause have no approved answer @param today YYYY-MM-DD in Shanghai */
export function shownAssignment(
  { clause, dueOn, departmentId }: Assignment,
  clauses: OrderedClause[],
  open: Map<string, number>,
  slug: string,
  today: string,
): ShownAssignment {
  const left = open.get(clause) ?? 0
  return {
    clause,
    clauseName: clauses.find(({ key }) => key === clause)?.name ?? clause,
    dueOn,
    open: left,
    overdue: left > 0 && dueOn !== null && dueOn < today,
    reading: readingAddress(slug, { clause, department: departmentId, answered: 'no' }),
  }
}

/** How many admitted comments of each clause have no approved answer. */
export async function openByClause(db: Database, consultationId: string): Promise<Map<string, number>> {
  const [cells, answers] = await Promise.all([
    countCells(db, consultationId),
    answeredCells(db, consultationId),
  ])
  const admitted: readonly string[] = admittedStates
  const open = new Map<string, number>()
  const add = (clause: string, by: number) => open.set(clause, (open.get(clause) ?? 0) + by)
  for (const { clause, state, count } of cells) if (admitted.includes(state)) add(clause, count)
  for (const { clause, count } of answers) add(clause, -count)
  return open
}
