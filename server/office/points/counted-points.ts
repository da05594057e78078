import type { Database } from '../../../db/database.ts'
import type { Progress } from '../../../db/queries/answers/progress.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import { type Assignment, assignmentsOf } from '../../../db/queries/departments/clause-departments.ts'
import { type GivenPoints, givenPoints } from '../../../db/queries/departments/department-points.ts'
import { pointCells } from '../../../db/queries/points/point-cells.ts'
import { themePoints } from '../../../db/queries/themes/theme-points.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import type { PointFilters } from '../../rules/points/point-filters.ts'
import { pointTotals } from '../../rules/points/point-totals.ts'

/** How many points one thing has of one stance: a clause by its key, a theme or a department by its id. */
export interface CountedPoints {
  of: string
  stance: string
  count: number
}

/** Of each clause, by the kept counters. */
export async function pointsByClause(db: Database, consultationId: string): Promise<CountedPoints[]> {
  const [cells, parted] = await Promise.all([countCells(db, consultationId), pointCells(db, consultationId)])
  return clausePoints({ cells, parted })
}

/** The same of counters that have been read. */
export function clausePoints({ cells, parted }: Pick<Progress, 'cells' | 'parted'>): CountedPoints[] {
  const admitted: readonly string[] = admittedStates
  const totals = pointTotals(
    cells.filter(({ state }) => admitted.includes(state)),
    parted,
    ({ clause, stance = '' }) => JSON.stringify([clause, stance]),
  )
  return [...totals].map(([key, count]) => {
    const [of = '', stance = ''] = JSON.parse(key) as string[]
    return { of, stance, count }
  })
}

/** Of each department: on its clauses all that is no other's, and what it was given whatever the clause is. */
export function departmentPoints(
  byClause: readonly CountedPoints[],
  assignments: readonly Assignment[],
  given: readonly GivenPoints[],
): CountedPoints[] {
  const taken = (one: CountedPoints) =>
    sum(given.filter(({ clause, stance }) => clause === one.of && stance === one.stance))
  const left = byClause.map((one) => ({ ...one, count: one.count - taken(one) }))
  return [
    ...assignments.flatMap(({ clause, departmentId }) =>
      left.flatMap(({ of, stance, count }) => (of === clause ? [{ of: departmentId, stance, count }] : [])),
    ),
    ...given.map(({ departmentId, stance, count }) => ({ of: departmentId, stance, count })),
  ]
}

/** Of each theme; a point under two is counted in both. */
export async function pointsByTheme(db: Database, consultationId: string): Promise<CountedPoints[]> {
  const rows = await themePoints(db, consultationId)
  return rows.map(({ themeId, stance, count }) => ({ of: themeId, stance, count }))
}

/** Of what a list is narrowed to, whatever else it leaves out; null where it is two things at once, which nobody counts. */
export async function pointsListed(
  db: Database,
  consultationId: string,
  { clause, theme, department }: PointFilters,
  byClause: readonly CountedPoints[],
): Promise<CountedPoints[] | null> {
  const [one, ...others] = [clause, theme, department].filter((asked) => asked !== null)
  if (others.length > 0) return null
  const counted =
    theme !== null
      ? await pointsByTheme(db, consultationId)
      : department !== null
        ? departmentPoints(
            byClause,
            ...(await Promise.all([assignmentsOf(db, consultationId), givenPoints(db, consultationId)])),
          )
        : byClause
  return counted.filter(({ of }) => of === one)
}

export function sum(rows: readonly { count: number }[]): number {
  return rows.reduce((total, { count }) => total + count, 0)
}
