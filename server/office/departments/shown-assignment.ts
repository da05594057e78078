import type { Assignment } from '../../../db/queries/departments/clause-departments.ts'
import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { type Open, openOn } from './open-by-department.ts'

/** A clause that is a department's to answer. */
export interface ShownAssignment {
  clause: string
  clauseName: string
  dueOn: string | null
  /** Admitted comments of the clause that the department has to answer and nobody has, with approval. */
  open: number
  overdue: boolean
  reading: string
}

/** @param today YYYY-MM-DD in Shanghai */
export function shownAssignment(
  { clause, dueOn, departmentId }: Assignment,
  clauses: OrderedClause[],
  open: Open,
  slug: string,
  today: string,
): ShownAssignment {
  const left = openOn(clause, departmentId, open)
  return {
    clause,
    clauseName: clauses.find(({ key }) => key === clause)?.name ?? clause,
    dueOn,
    open: left,
    overdue: left > 0 && dueOn !== null && dueOn < today,
    reading: readingAddress(slug, { clause, department: departmentId, answered: 'open' }),
  }
}
