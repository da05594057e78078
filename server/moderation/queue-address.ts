import type { FastifyRequest } from 'fastify'
import { stanceNames, stateNames, wholeDraft } from '../rules/names.ts'
import { typedText } from '../rules/typed.ts'

const switches = ['personal', 'campaign', 'appealed', 'late', 'after_closing', 'mine'] as const
export type Switch = (typeof switches)[number]

/** What the queue's address says: how it is narrowed, and where the page begins. */
export interface QueuePlace {
  consultation: string | null
  clause: string | null
  stance: string | null
  state: string | null
  only: Switch | null
  /** The id of a campaign. */
  group: string | null
  /** The id of one's own bulk, of which what it skipped since its author wants the office alone to read it is asked for. */
  bulk: string | null
  /** What is looked for. */
  words: string | null
  /** The public id of the comment after which the page begins. */
  after: string | null
}

const longestSearch = 100

/** Reads the queue's address; what is not known is left out. */
export function placeOf({ query }: Pick<FastifyRequest, 'query'>): QueuePlace {
  const given = (name: string) => typedText(query, name) || null
  const known = (name: string, names: Readonly<Record<string, string>>) => {
    const value = given(name)
    return value !== null && Object.hasOwn(names, value) ? value : null
  }
  const clause = given('clause')
  return {
    consultation: given('consultation'),
    clause: clause !== null && (clause === wholeDraft || /^(r\d+)?p\d+$/.test(clause)) ? clause : null,
    stance: known('stance', stanceNames),
    state: known('state', stateNames),
    only: switches.find((name) => name === given('only')) ?? null,
    group: idOf(given('group')),
    bulk: idOf(given('bulk')),
    words: given('words')?.slice(0, longestSearch) ?? null,
    after: idOf(given('after')),
  }
}

/** An id as it stands in an address. */
export function idOf(value: string | null): string | null {
  return value !== null && /^[\da-f-]{36}$/.test(value) ? value : null
}

/** The query of an address, with its question mark where there is something to ask. */
export function queryOf(parts: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(parts)) if (value) query.set(key, value)
  return query.size > 0 ? `?${query}` : ''
}

export function queueAddress(place: Partial<QueuePlace>, more: Record<string, string> = {}): string {
  return `/moderation${queryOf({ ...place, ...more })}`
}
