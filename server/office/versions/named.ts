import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { VersionKind } from '../../rules/versions/version-kinds.ts'
import { knownThings, namesOf } from '../points/known-things.ts'

/** What the fields of a kind of thing can be about, each with its name, as its form offers them. */
export interface Named {
  clauses: [key: string, name: string][]
  /** Both empty for what is about clauses alone. */
  themes: [id: string, name: string][]
  departments: [id: string, name: string][]
}

/** @param clauses the consultation's; a concern can be about the draft as a whole too */
export async function namedFor(
  deps: Dependencies,
  consultationId: string,
  kind: VersionKind,
  clauses: readonly OrderedClause[],
): Promise<Named> {
  if (kind !== 'concern')
    return { clauses: clauses.map(({ key, name }) => [key, name]), themes: [], departments: [] }
  return namesOf(await knownThings(deps, consultationId, clauses))
}

/** What each is called by its key. */
export function calledIn({ clauses, themes, departments }: Named): ReadonlyMap<string, string> {
  return new Map([...clauses, ...themes, ...departments])
}
