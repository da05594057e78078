import type { PointPlace } from '../../../db/queries/points/listed-points.ts'
import { stanceNames } from '../../rules/names.ts'
import type { PointFilters } from '../../rules/points/point-filters.ts'
import { field } from '../comments/reading-address.ts'

/** What points can be narrowed to, by key or id. */
export interface NarrowingThings {
  clauses: ReadonlyMap<string, unknown>
  themes: ReadonlyMap<string, unknown>
  departments: ReadonlyMap<string, unknown>
}

/**
 * The filters that an address asks for; what it asks for in error does not narrow. What is still to be done comes first.
 * @param first the clause that is read where nothing else is asked for
 */
export function pointFiltersOf(query: unknown, known: NarrowingThings, first: string): PointFilters {
  const among = (key: string, all: ReadonlyMap<string, unknown>) => {
    const asked = field(query, key)
    return asked !== null && all.has(asked) ? asked : null
  }
  const theme = among('theme', known.themes)
  const department = theme === null ? among('department', known.departments) : null
  const clause = among('clause', known.clauses) ?? (theme === null && department === null ? first : null)
  const stance = among('stance', new Map(Object.entries(stanceNames)))
  const [concern, answered] = [field(query, 'concern'), field(query, 'answered')]
  const about = { clause, stance, theme, department }
  if (concern === null && answered === null) return { ...about, concern: 'none', answered: 'no' }
  return {
    ...about,
    concern: concern === 'none' || concern === 'some' ? concern : null,
    answered: answered === 'yes' || answered === 'no' ? answered : null,
  }
}

export function pointPlaceOf(query: unknown): PointPlace | null {
  const [of, id] = field(query, 'after')?.split('.') ?? []
  return id && (of === 'parts' || of === 'whole') ? { of, id } : null
}

/** The address of a list of points; where it says nothing else, of all of them. */
export function pointsAddress(slug: string, filters: Partial<PointFilters>): string {
  const { clause, theme, department, stance, concern, answered } = filters
  const about = Object.entries({ clause, theme, department, stance }).flatMap(([name, value]) =>
    value ? [[name, value] as [string, string]] : [],
  )
  const query = new URLSearchParams(about)
  query.set('concern', concern ?? 'any')
  query.set('answered', answered ?? 'any')
  return `/office/${slug}/points?${query}`
}
