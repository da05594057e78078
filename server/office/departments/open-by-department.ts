import type { Database } from '../../../db/database.ts'
import { type GivenOpen, givenOpen } from '../../../db/queries/answers/open-comments.ts'
import { type Progress, progressOf } from '../../../db/queries/answers/progress.ts'
import type { Assignment } from '../../../db/queries/departments/clause-departments.ts'
import { admittedStates } from '../../rules/answers/responses.ts'

/** What has no approved answer: by clause, and of that what departments were given one by one. */
export interface Open {
  byClause: ReadonlyMap<string, number>
  given: readonly GivenOpen[]
}

/** What has no approved answer, for whatever counts it by clause or by department, with the counters that say it. */
export async function openNow(db: Database, consultationId: string): Promise<Open & { progress: Progress }> {
  const [progress, given] = await Promise.all([progressOf(db, consultationId), givenOpen(db, consultationId)])
  return { byClause: openIn(progress), given, progress }
}

/** How many admitted comments of each clause have no approved answer. */
export function openIn({ cells, answers }: Pick<Progress, 'cells' | 'answers'>): Map<string, number> {
  const admitted: readonly string[] = admittedStates
  const open = new Map<string, number>()
  const add = (clause: string, by: number) => open.set(clause, (open.get(clause) ?? 0) + by)
  for (const { clause, state, count } of cells) if (admitted.includes(state)) add(clause, count)
  for (const { clause, count } of answers) add(clause, -count)
  return open
}

/** How many comments of a clause are a department's to answer, as a reading of both counts them. */
export function openOn(clause: string, department: string, { byClause, given }: Open): number {
  const here = given.filter((one) => one.clause === clause)
  return (byClause.get(clause) ?? 0) - sum(here) + sum(here.filter(isOf(department)))
}

/** How many comments are a department's to answer: of its clauses what nobody was given alone, and what it was given. */
export function openOf(department: string, assignments: readonly Assignment[], open: Open): number {
  const isIts = isOf(department)
  const clauses = assignments.filter(isIts).map(({ clause }) => clause)
  const elsewhere = open.given.filter((one) => isIts(one) && !clauses.includes(one.clause))
  return clauses.reduce((total, clause) => total + openOn(clause, department, open), sum(elsewhere))
}

function isOf(department: string) {
  return ({ departmentId }: { departmentId: string }) => departmentId === department
}

function sum(rows: readonly { count: number }[]): number {
  return rows.reduce((total, { count }) => total + count, 0)
}
