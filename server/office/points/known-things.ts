import { departmentsOf } from '../../../db/queries/answers/departments.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
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
}

/** @param clauses where they have been read */
export async function knownThings(
  { db }: Pick<Dependencies, 'db'>,
  consultationId: string,
  clauses: readonly OrderedClause[] | null = null,
): Promise<KnownThings> {
  const [ordered, themes, departments] = await Promise.all([
    clauses ?? orderedClauses(db, consultationId),
    themesOf(db, consultationId),
    departmentsOf(db, consultationId),
  ])
  const names = (some: { id: string; name: string }[]) => new Map(some.map(({ id, name }) => [id, name]))
  return { ordered, clauses: placesOf(ordered), themes: names(themes), departments: names(departments) }
}

/** The same as a form offers them, in their order. */
export function namesOf({ clauses, themes, departments }: KnownThings) {
  return {
    clauses: [...clauses].map(([key, { name }]): [string, string] => [key, name]),
    themes: [...themes],
    departments: [...departments],
  }
}
