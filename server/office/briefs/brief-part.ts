import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { CountedTheme } from '../../../db/queries/themes/themes.ts'
import { type SectionKey, theWhole } from '../../rules/briefs/brief.ts'
import { wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { field } from '../comments/reading-address.ts'

type Clauses = readonly OrderedClause[]
type Themes = readonly CountedTheme[]

/** The clause or theme that an address asks for; the whole where it asks for none that there is. */
export function partAsked(query: unknown, clauses: Clauses, themes: Themes): SectionKey {
  const [clause, theme] = [field(query, 'clause'), field(query, 'theme')]
  if (clause === wholeDraft || clauses.some(({ key }) => key === clause))
    return { kind: 'clause', key: clause ?? '' }
  if (themes.some(({ id }) => id === theme)) return { kind: 'theme', key: theme ?? '' }
  return theWhole
}

export function nameOfPart({ kind, key }: SectionKey, clauses: Clauses, themes: Themes): string {
  if (kind === 'clause') return clauses.find((clause) => clause.key === key)?.name ?? wholeDraftName
  return kind === 'theme' ? `主题“${themes.find(({ id }) => id === key)?.name ?? ''}”` : '全部意见'
}

/** What lets through the concerns of a part. */
export function filterOf({ kind, key }: SectionKey): { clause: string | null; theme: string | null } {
  return { clause: kind === 'clause' ? key : null, theme: kind === 'theme' ? key : null }
}
