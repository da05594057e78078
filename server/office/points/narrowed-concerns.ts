import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { ConcernFilters } from '../../../db/queries/points/concerns.ts'
import { field } from '../comments/reading-address.ts'
import type { KnownThings } from './known-things.ts'

/** The filters of a list of concerns that an address asks for; what it asks for in error does not narrow. */
export function concernFiltersOf(query: unknown, known: KnownThings): ConcernFilters {
  const among = (key: string, all: ReadonlyMap<string, unknown>) => {
    const asked = field(query, key)
    return asked !== null && all.has(asked) ? asked : null
  }
  return {
    clause: among('clause', known.clauses),
    theme: among('theme', known.themes),
    department: among('department', known.departments),
  }
}

export function concernsAddress(
  { slug }: Consultation,
  asked: Partial<ConcernFilters> & { after?: string },
): string {
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : [])),
  )
  return `/office/${slug}/concerns${query.size > 0 ? `?${query}` : ''}`
}

export interface ConcernGroup {
  label: string
  open: boolean
  links: { name: string; href: string; current: boolean; count: null }[]
}

/** The themes and departments to which a list of concerns can be narrowed. */
export function concernGroups(
  consultation: Consultation,
  filters: ConcernFilters,
  { themes, departments }: KnownThings,
): ConcernGroup[] {
  const group = (label: string, of: 'theme' | 'department', all: ReadonlyMap<string, string>) => ({
    label,
    open: filters[of] !== null,
    links: [[null, '全部'] as const, ...all].map(([id, name]) => ({
      ...{ name, current: id === filters[of], count: null },
      href: concernsAddress(consultation, { ...filters, [of]: id }),
    })),
  })
  return [group('主题', 'theme', themes), group('责任单位', 'department', departments)].filter(
    ({ links }) => links.length > 1,
  )
}

/** Of what a list of concerns is, in words; null where it is of all. */
export function namesOfFilters(
  { clause, theme, department }: ConcernFilters,
  { clauses, themes, departments }: KnownThings,
): string | null {
  const names = [
    clause && (clauses.get(clause)?.name ?? clause),
    theme && `主题“${themes.get(theme)}”`,
    department && departments.get(department),
  ].filter((name) => name !== null)
  return names.length > 0 ? names.join('、') : null
}
