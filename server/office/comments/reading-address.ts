import type { ReadingPlace } from '../../../db/queries/comments/reading.ts'
import { accountNames } from '../../rules/answers/responses.ts'
import { admitted, everything, type ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { isDay } from '../../rules/days.ts'
import { channelNames, identityNames, stanceNames, stateNames } from '../../rules/names.ts'
import { isUnstorable } from '../../rules/typed.ts'

/** What the office reads next, with how many comments there are. */
export interface CountedLink {
  name: string
  count: number
  href: string
}

/** Whether an admitted comment has an answer, in whatever state; `open` where it has no approved one, `bare` one without 归纳. */
export const answeredNames = {
  no: '未答复',
  open: '没有批准的答复',
  yes: '已答复',
  bare: '批准的答复没有归纳',
} as const

/** The states that can be asked for: each, and all that were admitted. */
export const shownStates = { [admitted]: '纳入研究', ...stateNames } as const

export const lateNames = { yes: '逾期' } as const

const longestWords = 100

/** The filters that an address asks for; what it asks for in error does not narrow. */
export function filtersOf(query: unknown, clauses: { key: string }[]): ReadingFilters {
  const clause = field(query, 'clause')
  return {
    clause: clauses.some(({ key }) => key === clause) ? clause : null,
    stance: oneOf(stanceNames, field(query, 'stance')),
    state: oneOf(shownStates, field(query, 'state')),
    identity: oneOf(identityNames, field(query, 'identity')),
    region: name(query, 'region'),
    channel: oneOf(channelNames, field(query, 'channel')),
    day: dayOf(query),
    theme: name(query, 'theme'),
    campaign: name(query, 'campaign'),
    department: name(query, 'department'),
    words: field(query, 'words')?.slice(0, longestWords) ?? null,
    answered: oneOf(answeredNames, field(query, 'answered')),
    account: oneOf(accountNames, field(query, 'account')),
    late: oneOf(lateNames, field(query, 'late')),
  }
}

/** What the office reads where nothing else is asked for: what was admitted and nobody has answered. */
export const atFirst: ReadingFilters = { ...everything, answered: 'no' }

/** Whether an address says what is to be read; `answered=all` asks for everything. */
export function asksForAny(query: unknown): boolean {
  return Object.keys(everything).some((key) => field(query, key) !== null)
}

/** The place after which an address goes on reading; null reads from the start. */
export function placeOf(query: unknown, clauses: { key: string }[]): ReadingPlace | null {
  const [clause, publicId] = field(query, 'after')?.split('.') ?? []
  return publicId && clauses.some(({ key }) => key === clause) ? { clause: clause ?? '', publicId } : null
}

/** A field of an address as text; null where it is missing, empty or holds what no database keeps. */
export function field(query: unknown, key: string): string | null {
  const value: unknown = Reflect.get(Object(query), key)
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' || isUnstorable(text) ? null : text
}

function name(query: unknown, key: string): string | null {
  return field(query, key)?.slice(0, 40) ?? null
}

function dayOf(query: unknown): string | null {
  const day = field(query, 'day')
  return day && isDay(day) ? day : null
}

function oneOf<Name extends string>(
  names: Readonly<Record<Name, string>>,
  value: string | null,
): Name | null {
  return Object.keys(names).find((key): key is Name => key === value) ?? null
}

/** The address of a reading, going on after `after` where it is given; `ticked` has every box on the page ticked. */
export function readingAddress(
  slug: string,
  filters: Partial<ReadingFilters>,
  after: ReadingPlace | null = null,
  ticked = false,
): string {
  const fields = filterFields(filters).map(({ name, value }): [string, string] => [name, value])
  const query = new URLSearchParams(fields.length > 0 ? fields : [['answered', 'all']])
  if (after) query.set('after', `${after.clause}.${after.publicId}`)
  if (ticked) query.set('ticked', 'yes')
  return `/office/${slug}/comments?${query}`
}

/** What narrows, as a form's hidden fields say it. */
export function filterFields(filters: Partial<ReadingFilters>): { name: string; value: string }[] {
  return Object.entries({ ...everything, ...filters }).flatMap(([name, value]) =>
    value ? [{ name, value }] : [],
  )
}
