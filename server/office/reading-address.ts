import type { CountCell } from '../../db/queries/aggregates.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import type { ReadingFilters, ReadingPlace } from '../../db/queries/reading.ts'
import { identityNames, stanceNames, stateNames } from '../rules/names.ts'

interface FilterLink {
  name: string
  /** How many comments it leads to; null where counting them would be slow. */
  count: number | null
  href: string
  current: boolean
}

export interface FilterLinks {
  clause: FilterLink[]
  stance: FilterLink[]
  state: FilterLink[]
  identity: FilterLink[]
  region: FilterLink[]
  theme: FilterLink[]
  answered: FilterLink[]
}

/** Whether an admitted comment has an answer, in whatever state. */
const answeredNames = { no: '未答复', yes: '已答复' } as const

interface NamedClause {
  key: string
  name: string
}

/** The filters that an address asks for; what it asks for in error does not narrow. */
export function filtersOf(query: unknown, clauses: { key: string }[]): ReadingFilters {
  const clause = field(query, 'clause')
  return {
    clause: clauses.some(({ key }) => key === clause) ? clause : null,
    stance: oneOf(stanceNames, field(query, 'stance')),
    state: oneOf(stateNames, field(query, 'state')),
    identity: oneOf(identityNames, field(query, 'identity')),
    region: field(query, 'region')?.slice(0, 40) ?? null,
    theme: field(query, 'theme')?.slice(0, 40) ?? null,
    answered: oneOf(answeredNames, field(query, 'answered')),
  }
}

/** The place after which an address goes on reading; null reads from the start. */
export function placeOf(query: unknown, clauses: { key: string }[]): ReadingPlace | null {
  const [clause, id] = field(query, 'after')?.split('.') ?? []
  return clause && id && clauses.some(({ key }) => key === clause) ? { clause, id } : null
}

function field(query: unknown, name: string): string | null {
  const value: unknown = query && typeof query === 'object' ? Reflect.get(query, name) : null
  return typeof value === 'string' && value !== '' && !value.includes('\0') ? value : null
}

function oneOf<Name extends string>(
  names: Readonly<Record<Name, string>>,
  value: string | null,
): Name | null {
  return Object.keys(names).find((name): name is Name => name === value) ?? null
}

/** Each filter's values as links that say how many comments they lead to. */
export function filterLinks(
  { slug, regions }: Pick<Consultation, 'slug' | 'regions'>,
  filters: ReadingFilters,
  cells: CountCell[],
  clauses: NamedClause[],
  themes: { id: string; name: string; comments: number }[],
): FilterLinks {
  const links = (
    key: keyof ReadingFilters,
    values: [value: string | null, name: string][],
    count: (value: string | null) => number | null,
  ) =>
    values.map(([value, name]) => ({
      name,
      count: count(value),
      href: readingAddress(slug, { ...filters, [key]: value }, null),
      current: filters[key] === value,
    }))
  const counted = (key: 'clause' | 'stance' | 'state') => (value: string | null) =>
    countOf(cells, { ...filters, [key]: value })
  const all: [null, string] = [null, '全部']
  return {
    clause: links(
      'clause',
      [all, ...clauses.map(({ key, name }): [string, string] => [key, name])],
      counted('clause'),
    ),
    stance: links('stance', [all, ...Object.entries(stanceNames)], counted('stance')),
    state: links('state', [all, ...Object.entries(stateNames)], counted('state')),
    identity: links('identity', [all, ...Object.entries(identityNames)], () => null),
    answered: links('answered', [all, ...Object.entries(answeredNames)], () => null),
    theme: links('theme', [all, ...themes.map(({ id, name }): [string, string] => [id, name])], () => null),
    region: links('region', [all, ...regions.map(({ name }): [string, string] => [name, name])], () => null),
  }
}

/** From the kept counters, which know nothing of the other filters. */
function countOf(
  cells: CountCell[],
  { clause, stance, state, identity, region, theme, answered }: ReadingFilters,
): number | null {
  if (identity || region || theme || answered) return null
  return cells.reduce((sum, cell) => {
    const matches =
      (!clause || cell.clause === clause) &&
      (!stance || cell.stance === stance) &&
      (!state || cell.state === state)
    return matches ? sum + cell.count : sum
  }, 0)
}

/** The address of a reading, going on after `after` where it is given. */
export function readingAddress(slug: string, filters: ReadingFilters, after: ReadingPlace | null): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(filters)) if (value) query.set(key, value)
  if (after) query.set('after', `${after.clause}.${after.id}`)
  return `/office/${slug}/comments${query.size > 0 ? `?${query}` : ''}`
}
