import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import { weightiestConcerns } from '../../../db/queries/points/concern-pages.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { VersionKind } from '../../rules/versions/version-kinds.ts'
import { knownThings, namesOf } from '../points/known-things.ts'

/** What the fields of a kind of thing can be about, each with its name, as its form offers them. */
export interface Named {
  clauses: [key: string, name: string][]
  /** Both empty for what is about clauses alone. */
  themes: [id: string, name: string][]
  departments: [id: string, name: string][]
  /** Empty but for a page for the leader. */
  concerns: [id: string, sentence: string][]
}

/** @param clauses the consultation's; a concern can be about the draft as a whole too */
export async function namedFor(
  deps: Dependencies,
  consultationId: string,
  kind: VersionKind,
  clauses: readonly OrderedClause[],
): Promise<Named> {
  if (kind === 'concern')
    return { ...namesOf(await knownThings(deps, consultationId, clauses)), concerns: [] }
  const concerns = kind === 'leader_page' ? await concernsToChoose(deps, consultationId) : []
  return { clauses: clauses.map(({ key, name }) => [key, name]), themes: [], departments: [], concerns }
}

/** More are not offered for a page that has five. */
const mostOffered = 200

/** The concerns that most points say, by their ids. */
export async function concernsToChoose(
  { db }: Pick<Dependencies, 'db'>,
  consultationId: string,
): Promise<[id: string, sentence: string][]> {
  const all = { clause: null, theme: null }
  const concerns = await weightiestConcerns(db, consultationId, all, mostOffered)
  return concerns.map(({ id, sentence, count }) => [id, `${sentence}（${count} 条具体意见）`])
}

/** What each is called by its key. */
export function calledIn({ clauses, themes, departments, concerns }: Named): ReadonlyMap<string, string> {
  return new Map([...clauses, ...themes, ...departments, ...concerns])
}
