import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Consultation } from '../../db/queries/consultations/consultations.ts'
import { consultationsOfStaff } from '../../db/queries/consultations/consultations-of-staff.ts'
import { currentRound } from '../../db/queries/drafts/rounds.ts'
import { claim } from '../../db/queries/moderation/claims.ts'
import { commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { keptCounts, queuedIds } from '../../db/queries/moderation/queue.ts'
import { type QueuedComment, queuedComments } from '../../db/queries/moderation/queued-comments.ts'
import { doneUnless } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf, memberOf } from '../plugins/roles.ts'
import { reviewTerm, waited } from '../rules/moderation/review-time.ts'
import { wholeDraft, wholeDraftName } from '../rules/names.ts'
import { hasRole } from '../rules/staff/roles.ts'
import { typedText } from '../rules/typed.ts'
import { nameClauses } from '../text/words/clause-names.ts'
import { hearingOf } from './appeals.ts'
import { type Judging, judging, type Said } from './judging.ts'
import { type ListedComment, listedComment } from './listed-comment.ts'
import { idOf, placeOf, type QueuePlace, queryOf, queueAddress } from './queue-address.ts'
import {
  type FilterChoices,
  type FilterLink,
  filterChoices,
  filtersOf,
  switchLinks,
} from './queue-filters.ts'
import type { Reading } from './reading.ts'

export interface QueuePage extends Judging {
  links: FilterLink[]
  choices: FilterChoices
  place: QueuePlace
  /** How long the oldest has waited; null where nothing waits, and behind the first page. */
  longest: string | null
  term: number
  comments: ListedComment[]
  /** The address of the next page of the list; null on the last. */
  nextPage: string | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/queue': QueuePage
  }
}

const pageSize = 25
const readers = ['moderator', 'approver', 'auditor'] as const

/** GET /moderation: what waits, the oldest first, with one comment open beside it. */
export function queue(app: FastifyInstance, deps: Dependencies): void {
  app.get('/', async (request, reply) => {
    const decided = idOf(typedText(request.query, 'decided'))
    const open = idOf(typedText(request.query, 'comment'))
    return reply.page('moderation/queue', await queuePage(deps, request, { open, decided }))
  })
}

/** The queue as the address asks for it. @param seen what the request has read of it and not written since */
export async function queuePage(
  deps: Dependencies,
  request: FastifyRequest,
  said: Said,
  seen: Waiting | null = null,
): Promise<QueuePage> {
  const { db, now } = deps
  const member = memberOf(request)
  const place = placeOf(request)
  const { consultations, filters, counts, rows, free } = seen ?? (await waiting(deps, request))
  const open = said.open ?? inTurn(free, said.decided)[0]?.id
  const known = said.known ?? seen?.tried.get(open ?? '')
  const following = free.find(({ id }) => id > (open ?? ''))?.id ?? null
  const previous = free.findLast(({ id }) => id < (open ?? ''))?.id ?? null
  const shown = rows.slice(0, pageSize)
  const clauses = await clauseNames(deps, consultations, filters.consultationIds)
  return {
    ...(await judging(deps, request, { ...said, known, open: open ?? null }, { following, previous })),
    links: await switchLinks(db, place, consultations, counts, member.id, now()),
    choices: await filterChoices(db, filters, consultations, clauses),
    place,
    longest: rows[0]?.state === 'pending' && !place.after ? waited(rows[0].createdAt, now()) : null,
    term: reviewTerm.hours / 24,
    comments: shown.map((row) => listedComment(row, member, open ?? null, now())),
    nextPage: rows.length > pageSize ? queueAddress({ ...place, after: shown.at(-1)?.id ?? null }) : null,
  }
}

type Waiting = Awaited<ReturnType<typeof waiting>>

/**
 * The page of the queue that the address asks for; `free` is what nobody else has claimed, `tried` what is known of
 * those that could not be claimed.
 */
async function waiting({ db, now }: Dependencies, request: FastifyRequest) {
  const member = memberOf(request)
  const place = placeOf(request)
  const consultations = await consultationsOfStaff(db, member.id, readers)
  const filters = filtersOf(place, consultations, member.id, now())
  const counts = await keptCounts(db, filters)
  const ids = await queuedIds(db, filters, counts, place.after, pageSize + 1, now())
  const rows = await queuedComments(db, ids, now())
  const free = rows.filter(({ claimedBy }) => claimedBy === null || claimedBy === member.id)
  return { consultations, filters, counts, rows, free, tried: new Map<string, Partial<Reading>>() }
}

/**
 * Claims what a moderator judges next, so that several who decide one after another never have the same one open.
 * @returns its id; null where nothing waits that they may claim, with the queue where it still is as it was read
 */
export async function claimNext(
  deps: Dependencies,
  request: FastifyRequest,
  decided: string,
): Promise<{ id: string | null; seen: Waiting | null }> {
  const member = memberOf(request)
  let seen: Waiting | null = await waiting(deps, request)
  const { free, tried } = seen
  for (const { id, consultationId } of inTurn(free, decided)) {
    if (!hasRole(member.grants, ['moderator'], consultationId)) continue
    const comment = await commentToJudge(deps.db, id)
    if (!comment) continue
    const hearing = await hearingOf(deps, comment, member)
    tried.set(id, { comment, hearing })
    if (hearing.barred || hearing.votes.some(({ staffId }) => staffId === member.id)) continue
    seen = null
    if (await doneUnless('taken', claim(deps.db, id, actOf(request, deps)))) return { id, seen }
  }
  return { id: null, seen }
}

/** The oldest that came in after the one just decided first; behind the last, the oldest of all. */
function inTurn(rows: QueuedComment[], decided: string | null): QueuedComment[] {
  const later = rows.filter(({ id }) => id > (decided ?? ''))
  return [...later, ...rows.filter((row) => !later.includes(row))]
}

/** What the clauses are called, where the queue shows one consultation. */
async function clauseNames(
  { db }: Dependencies,
  consultations: readonly Consultation[],
  chosen: readonly string[],
): Promise<Map<string, string>> {
  const only = chosen.length === 1 ? consultations.find(({ id }) => id === chosen[0]) : null
  const round = only ? await currentRound(db, only.id) : null
  const names = [...nameClauses(round?.units ?? [])].map(([key, { name }]): [string, string] => [key, name])
  return new Map([...names, [wholeDraft, wholeDraftName]])
}

/** The address at which a comment is open, in the same place of the queue. */
export function openAddress(request: FastifyRequest, id: string): string {
  return `/moderation${queryOf({ ...placeOf(request), comment: id })}`
}
