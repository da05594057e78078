import { stanceNames } from '../../rules/names.ts'
import { everyPointOf, type PointFilters } from '../../rules/points/point-filters.ts'
import { type CountedPoints, sum } from './counted-points.ts'
import type { KnownThings } from './known-things.ts'
import { pointsAddress } from './points-address.ts'

/** Where a list of points can be narrowed, as views/office/points/points.eta shows it. */
export interface NarrowedPoints {
  /** Each with how many points are about it, and where all of them are listed. */
  clauses: { name: string; href: string; current: boolean; count: number; all: string }[]
  /** As views/office/_filter.eta has them. */
  groups: { label: string; open: boolean; links: NarrowingLink[] }[]
  /** What is still to be done with them. */
  states: { name: string; href: string; current: boolean }[]
  /** How many there are, whatever has been done with them, and where all of them are listed; null where nobody counts that. */
  all: { count: number; href: string } | null
}

interface NarrowingLink {
  name: string
  href: string
  current: boolean
  count: number | null
}

const states = [
  { name: '还没归并、没答复的', concern: 'none', answered: 'no' },
  { name: '还没答复的', concern: null, answered: 'no' },
  { name: '已归并的', concern: 'some', answered: null },
  { name: '全部', concern: null, answered: null },
] as const

/** @param listed how many points there are of what the list is of, by stance; null where nobody counts that */
export function narrowedPoints(
  slug: string,
  filters: PointFilters,
  { clauses, themes, departments }: KnownThings,
  { byClause, listed }: { byClause: readonly CountedPoints[]; listed: readonly CountedPoints[] | null },
): NarrowedPoints {
  const { clause, theme, department, stance, concern, answered } = filters
  const addressOf = (changed: Partial<PointFilters>) => pointsAddress(slug, { ...filters, ...changed })
  const alone = { clause: null, theme: null, department: null, stance: null }
  const links = (all: ReadonlyMap<string, string>, of: 'theme' | 'department', chosen: string | null) =>
    [...all].map(([id, name]) => ({
      ...{ name, count: null, current: id === chosen },
      href: addressOf({ ...alone, [of]: id }),
    }))
  const ofStance = (key: string) => listed && sum(listed.filter((one) => one.stance === key))
  const meant = stance === null ? listed : (listed?.filter((one) => one.stance === stance) ?? null)
  return {
    clauses: [...clauses].flatMap(([key, { name }]) => {
      const count = sum(byClause.filter(({ of }) => of === key))
      const href = addressOf({ ...alone, clause: key })
      const all = pointsAddress(slug, everyPointOf(key))
      return count > 0 ? [{ name, count, href, all, current: key === clause }] : []
    }),
    groups: [
      {
        label: '类型',
        open: true,
        links: Object.entries(stanceNames).map(([key, name]) => ({
          ...{ name, count: ofStance(key), current: key === stance },
          href: addressOf({ stance: key === stance ? null : key, concern: null, answered: null }),
        })),
      },
      { label: '主题', open: theme !== null, links: links(themes, 'theme', theme) },
      { label: '责任单位', open: department !== null, links: links(departments, 'department', department) },
    ].filter(({ links }) => links.length > 0),
    states: states.map(({ name, ...changed }) => ({
      ...{ name, href: addressOf(changed) },
      current: changed.concern === concern && changed.answered === answered,
    })),
    all: meant && { count: sum(meant), href: addressOf({ concern: null, answered: null }) },
  }
}
