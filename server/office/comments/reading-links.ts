import type { CountCell } from '../../../db/queries/comments/aggregates.ts'
import { accountNames, admittedStates } from '../../rules/answers/responses.ts'
import { admitted, noTheme, type ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { channelNames, identityNames, stanceNames } from '../../rules/names.ts'
import { answeredNames, lateNames, readingAddress, shownStates } from './reading-address.ts'
import type { Choice, Choices } from './reading-choices.ts'

interface FilterLink {
  name: string
  /** How many comments it leads to; null where counting them would be slow. */
  count: number | null
  href: string
  current: boolean
}

export interface FilterGroup {
  key: keyof ReadingFilters
  label: string
  links: FilterLink[]
}

/**
 * Each filter's values as links that say how many comments they lead to.
 * @param cells of what the others let through; null where they are not counted
 */
export function filterGroups(
  slug: string,
  filters: ReadingFilters,
  cells: CountCell[] | null,
  choices: Choices,
): FilterGroup[] {
  const group = (key: keyof ReadingFilters, label: string, values: Choice[]): FilterGroup => ({
    key,
    label,
    links: [
      { key: null, name: '全部', count: countOf(cells, { ...filters, [key]: null }, key) },
      ...values,
    ].map(({ key: value, name, count }) => ({
      name,
      count,
      href: readingAddress(slug, { ...filters, [key]: value }),
      current: filters[key] === value,
    })),
  })
  const counted = (key: 'clause' | 'stance' | 'state', values: Pick<Choice, 'key' | 'name'>[]): Choice[] =>
    values.map((value) => ({ ...value, count: countOf(cells, { ...filters, [key]: value.key }, key) }))
  const alone = (key: keyof ReadingFilters, values: Choice[]): Choice[] =>
    Object.entries(filters).every(([other, value]) => other === key || value === null)
      ? values
      : values.map((value) => ({ ...value, count: null }))
  return [
    group('state', '状态', counted('state', named(shownStates))),
    group('answered', '答复', named(answeredNames)),
    group('account', '采纳情况', named(accountNames)),
    group('stance', '类型', counted('stance', named(stanceNames))),
    group('clause', '条款', counted('clause', choices.clauses)),
    group('theme', '主题', alone('theme', withNone(choices.themes))),
    group('campaign', '同类意见', alone('campaign', choices.campaigns)),
    group('department', '责任单位', choices.departments),
    group('identity', '身份', named(identityNames)),
    group('region', '地区', choices.regions),
    group('channel', '渠道', named(channelNames)),
    group('late', '逾期', named(lateNames)),
  ].filter(({ links }) => links.length > 1)
}

/** 未归主题 can be read as soon as there is a theme. */
function withNone(themes: Choice[]): Choice[] {
  return themes.length > 0 ? [...themes, { key: noTheme, name: '未归主题', count: null }] : []
}

function named(names: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(names).map(([key, name]) => ({ key, name, count: null }))
}

/** How many comments stand in the cells that clause, stance and state let through. */
export function cellsThrough(
  cells: CountCell[],
  { clause, stance, state }: Pick<ReadingFilters, 'clause' | 'stance' | 'state'>,
): CountCell[] {
  return cells.filter(
    (cell) =>
      (!clause || cell.clause === clause) &&
      (!stance || cell.stance === stance) &&
      (!state || isIn(state, cell)),
  )
}

function isIn(state: string, cell: CountCell): boolean {
  return state === admitted ? admittedStates.some((one) => one === cell.state) : cell.state === state
}

/** The cells know clause, stance and state; what another filter would let through without it they cannot say. */
function countOf(
  cells: CountCell[] | null,
  filters: ReadingFilters,
  changed: keyof ReadingFilters,
): number | null {
  const isKnown = changed === 'clause' || changed === 'stance' || changed === 'state'
  return isKnown && cells ? cellsThrough(cells, filters).reduce((sum, { count }) => sum + count, 0) : null
}
