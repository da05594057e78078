import type { Database } from '../../../db/database.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { wholeDraft, wholeDraftName } from '../../rules/names.ts'

/** What a table says about the clause that a comment stands on. */
export interface ClausePlace {
  citation: string
  /** What readers call it: （八）建设完善现代化基础设施. */
  name: string
  /** The number as printed, which `text` begins with; empty where it has none. */
  label: string
  text: string
}

/** The draft as a whole, then its clauses, by key in document order. */
export async function clausePlaces(db: Database, consultationId: string): Promise<Map<string, ClausePlace>> {
  return placesOf(await orderedClauses(db, consultationId))
}

/** The same of clauses that have been read. */
export function placesOf(clauses: readonly OrderedClause[]): Map<string, ClausePlace> {
  return new Map([
    [wholeDraft, { citation: wholeDraftName, name: wholeDraftName, label: '', text: '' }],
    ...clauses.map(({ key, label, citation, name, text }): [string, ClausePlace] => [
      key,
      { citation, name, label: label ?? '', text: `${label ?? ''}${text}` },
    ]),
  ])
}
