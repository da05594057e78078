import type { Database } from '../../db/database.ts'
import type { Consultation } from '../../db/queries/consultations/consultations.ts'
import { pendingClauses, queueCount } from '../../db/queries/moderation/queue.ts'
import { type QueueFilters, waitingIn } from '../../db/queries/moderation/queue-conditions.ts'
import { countedName } from '../rules/counted.ts'
import { lateBefore } from '../rules/moderation/review-time.ts'
import { nameOf, stanceNames, stateNames, wholeDraft, wholeDraftName } from '../rules/names.ts'
import { type QueuePlace, queueAddress, type Switch } from './queue-address.ts'

/** A filter as a link that says how many comments it leads to. */
export interface FilterLink {
  name: string
  href: string
  count: string
  current: boolean
}

const switchNames: Record<Switch, string> = {
  personal: '含个人信息',
  campaign: '同类意见',
  appealed: '申请复核',
  late: '临近或超过时限',
  after_closing: '逾期收到',
  mine: '我认领的',
}

/**
 * What the address asks of the queue, within the consultations in which the member of staff works.
 * @param among the comments of the bulk that it names
 */
export function filtersOf(
  place: QueuePlace,
  consultations: readonly Consultation[],
  staffId: string,
  now: Date,
  among: string[] | null = null,
): QueueFilters {
  const chosen = consultations.filter(
    ({ slug }) => place.consultation === null || slug === place.consultation,
  )
  return {
    ...waitingIn(chosen.map(({ id }) => id)),
    state: place.state ?? 'pending',
    clause: place.clause,
    stance: place.stance,
    group: place.group,
    words: place.words,
    among,
    ...switched(place.only, staffId, now),
  }
}

function switched(only: Switch | null, staffId: string, now: Date): Partial<QueueFilters> {
  switch (only) {
    case null:
      return {}
    case 'late':
      return { late: lateBefore(now) }
    case 'after_closing':
      return { afterClosing: true }
    case 'mine':
      return { mine: staffId }
    default:
      return { [only]: true }
  }
}

/** What the queue's address asks for, in words. */
export function filterInWords(place: QueuePlace, consultations: readonly Consultation[]): string {
  const { consultation, clause, stance, only, group, words } = place
  return [
    consultations.find(({ slug }) => slug === consultation)?.title ?? '全部征求意见',
    clause && `条款 ${clause === wholeDraft ? wholeDraftName : clause}`,
    stance && nameOf(stanceNames, stance),
    only && switchNames[only],
    group && '一组同类意见',
    words && `内容里有“${words}”`,
    '待审',
  ]
    .filter(Boolean)
    .join(' · ')
}

/**
 * Links that narrow the queue to what needs a look first; those that would be empty are left out.
 * @param counts what the counters know of the queue, which is the same behind each of them
 */
export async function switchLinks(
  db: Database,
  place: QueuePlace,
  consultations: readonly Consultation[],
  counts: ReadonlyMap<string, number>,
  staffId: string,
  now: Date,
  among: string[] | null,
): Promise<FilterLink[]> {
  const link = async (only: Switch | null, name: string): Promise<FilterLink[]> => {
    const there = { ...place, only, after: null }
    // All of a group are copies: the switch would let the same through.
    if (only === 'campaign' && place.group !== null && place.only !== only) return []
    const count = await queueCount(db, filtersOf(there, consultations, staffId, now, among), counts, now)
    const current = place.only === only
    if (count === 0 && only !== null && !current) return []
    return [{ name, href: queueAddress(there), count: countedName(count), current }]
  }
  const links = await Promise.all([
    link(null, '全部'),
    ...Object.entries(switchNames).map(([only, name]) => link(only as Switch, name)),
  ])
  return links.flat()
}

/** What the selects of the queue's filter form offer. */
export interface FilterChoices {
  consultations: [value: string, name: string][]
  /** Those in which something waits; none where the queue shows several consultations. */
  clauses: [value: string, name: string][]
  stances: [value: string, name: string][]
  states: [value: string, name: string][]
}

export async function filterChoices(
  db: Database,
  filters: QueueFilters,
  consultations: readonly Consultation[],
  clauseNames: ReadonlyMap<string, string>,
): Promise<FilterChoices> {
  const [only, another] = filters.consultationIds
  const waiting = only && !another ? await pendingClauses(db, only) : []
  return {
    consultations: consultations.map(({ slug, title }) => [slug, title]),
    clauses: waiting.map(({ clause, count }) => [
      clause,
      `${nameOf(Object.fromEntries(clauseNames), clause)} · ${count}`,
    ]),
    stances: Object.entries(stanceNames),
    states: Object.entries(stateNames),
  }
}
