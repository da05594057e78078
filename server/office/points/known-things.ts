import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { themeNames } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type ClausePlace, placesOf } from '../../documents/papers/clause-places.ts'

/** What points and concerns of a consultation can be about, by key or id. */
export interface KnownThings {
  /** In document order, the draft as a whole not among them. */
  ordered: readonly OrderedClause[]
  clauses: ReadonlyMap<string, ClausePlace>
  /** Their names. */
  themes: ReadonlyMap<string, string>
  departments: ReadonlyMap<string, string>
  /** The ids of the departments that answer no more. */
  closed: ReadonlySet<string>
}

/** @param clauses where they have been read */
export async function knownThings(
  { db }: Pick<Dependencies, 'db'>,
  consultationId: string,
  clauses: readonly OrderedClause[] | null = null,
): Promise<KnownThings> {
  const [ordered, themes, departments] = await Promise.all([
    clauses ?? orderedClauses(db, consultationId),
    themeNames(db, consultationId),
    departmentsOf(db, consultationId),
  ])
  const names = (some: { id: string; name: string }[]) => new Map(some.map(({ id, name }) => [id, name]))
  return {
    ...{ ordered, clauses: placesOf(ordered), themes: names(themes) },
    departments: new Map(
      departments.map(({ id, name, closedAt }) => [id, closedAt ? `${name}（已结束办理）` : name]),
    ),
    closed: new Set(departments.flatMap(({ id, closedAt }) => (closedAt ? [id] : []))),
  }
}

/**
 * The same as a form offers them, in their order; `openDepartments` are those to which something can be given.
 * @param kept the departments that stand in the form, which may answer no more
 */
export function namesOf({ clauses, themes, departments, closed }: KnownThings, kept: (string | null)[] = []) {
  return {
    clauses: [...clauses].map(([key, { name }]): [string, string] => [key, name]),
    themes: [...themes],
    departments: [...departments].filter(([id]) => !closed.has(id) || kept.includes(id)),
    openDepartments: [...departments].filter(([id]) => !closed.has(id)),
  }
}
