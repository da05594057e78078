import type { FastifyRequest } from 'fastify'
import { consultationsOfStaff } from '../../db/queries/consultations/consultations-of-staff.ts'
import { type Bulk, findBulk } from '../../db/queries/moderation/bulks.ts'
import { claim } from '../../db/queries/moderation/claims.ts'
import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { keptCounts, type QueuedPlace, queuedPlaces } from '../../db/queries/moderation/queue.ts'
import { doneUnless } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf, memberOf } from '../plugins/roles.ts'
import { inQueueOrder, type QueuePosition } from '../rules/moderation/queue-order.ts'
import { hasRole } from '../rules/staff/roles.ts'
import { hearingOf } from './appeals.ts'
import { placeOf } from './queue-address.ts'
import { filtersOf } from './queue-filters.ts'
import type { Reading } from './reading.ts'

/** How many comments the queue lists at a time. */
export const pageSize = 25
/** So many pages are looked through for one that nobody holds. */
const mostPages = 10
const readers = ['moderator', 'approver', 'auditor'] as const

export type Narrowed = Awaited<ReturnType<typeof narrowed>>

/** How the address narrows the queue, and how many comments wait there. */
export async function narrowed({ db, now }: Dependencies, request: FastifyRequest) {
  const member = memberOf(request)
  const consultations = await consultationsOfStaff(db, member.id, readers)
  const place = placeOf(request)
  const bulk = place.bulk === null ? null : await findBulk(db, place.bulk, member.id)
  const among = place.bulk === null ? null : officeOnlyOf(bulk)
  const filters = filtersOf(place, consultations, member.id, now(), among)
  return { consultations, filters, counts: await keptCounts(db, filters) }
}

/** What a bulk skipped since its authors want the office alone to read it. */
function officeOnlyOf(bulk: Bulk | null): string[] {
  return (bulk?.skipped ?? []).filter(({ why }) => why === 'office_only').map(({ id }) => id)
}

export type Waiting = Awaited<ReturnType<typeof waiting>>

/**
 * The page of the queue that the address asks for; `free` is what nobody else has claimed, `tried` what is known of
 * those that could not be claimed, by their public ids.
 */
export async function waiting(
  { db, now }: Dependencies,
  request: FastifyRequest,
  { filters, counts }: Narrowed,
) {
  const { id: me } = memberOf(request)
  const { after } = placeOf(request)
  const places = await queuedPlaces(db, filters, counts, after, pageSize + 1, now())
  const free = places.filter(({ claimedBy }) => claimedBy === null || claimedBy === me)
  return { places, free, tried: new Map<string, Partial<Reading>>() }
}

/**
 * Claims what a moderator judges next, so that several who decide one after another never have the same one open.
 * @returns its public id; null where nothing waits that they may claim, with what still is as it was read
 */
export async function claimNext(
  deps: Dependencies,
  request: FastifyRequest,
  decided: CommentToJudge,
): Promise<{ next: string | null; queue: Narrowed; seen: Waiting | null }> {
  const member = memberOf(request)
  const queue = await narrowed(deps, request)
  let seen: Waiting | null = await waiting(deps, request, queue)
  const { free, tried } = seen
  for (const place of inTurn(free, decided)) {
    const { id, publicId, consultationId } = place
    if (!hasRole(member.grants, ['moderator'], consultationId)) continue
    const hearing = await hearingOf(deps, place, member)
    tried.set(publicId, { hearing })
    if (hearing.barred || hearing.votes.some(({ staffId }) => staffId === member.id)) continue
    seen = null
    if (await doneUnless('taken', claim(deps.db, id, actOf(request, deps)))) {
      return { next: publicId, queue, seen }
    }
  }
  return { next: null, queue, seen }
}

/** First what stands behind the one just decided; behind the last, from the beginning. */
export function inTurn(rows: QueuedPlace[], decided: QueuePosition | null): QueuedPlace[] {
  const later = rows.filter((row) => decided === null || inQueueOrder(row, decided) > 0)
  return [...later, ...rows.filter((row) => !later.includes(row))]
}

/**
 * Where none of a page is free behind the open one: the first that is on the pages behind it, by its public id.
 * @param places all of the page
 */
export async function behindThePage(
  { db, now }: Dependencies,
  request: FastifyRequest,
  { filters, counts }: Narrowed,
  places: QueuedPlace[],
  open: QueuePosition | undefined,
): Promise<string | null> {
  const { id: me } = memberOf(request)
  let [page, last] = [places, places.at(-1)]
  if (open && last && inQueueOrder(open, last) > 0) last = { ...last, ...open }
  for (let looked = 0; last && page.length > pageSize && looked < mostPages; looked++) {
    page = await queuedPlaces(db, filters, counts, last.publicId, pageSize + 1, now())
    const free = page.find(({ claimedBy }) => claimedBy === null || claimedBy === me)
    if (free) return free.publicId
    last = page.at(-1)
  }
  return null
}

/** Which of these stand before and behind the open one, by their public ids. */
export function beside(free: QueuedPlace[], open: QueuePosition | undefined) {
  const place = free.findIndex(({ publicId }) => publicId === open?.publicId)
  if (place >= 0) {
    return { following: free[place + 1]?.publicId ?? null, previous: free[place - 1]?.publicId ?? null }
  }
  const behind = open && free.find((row) => inQueueOrder(row, open) > 0)
  const before = open && free.findLast((row) => inQueueOrder(row, open) < 0)
  return { following: behind?.publicId ?? null, previous: before?.publicId ?? null }
}
