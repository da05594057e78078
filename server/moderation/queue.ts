import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Consultation } from '../../db/queries/consultations/consultations.ts'
import { currentRound } from '../../db/queries/drafts/rounds.ts'
import { type CommentToJudge, commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { firstArrival } from '../../db/queries/moderation/queue.ts'
import { queuedComments } from '../../db/queries/moderation/queued-comments.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf } from '../plugins/roles.ts'
import { reviewTerm, waited } from '../rules/moderation/review-time.ts'
import { wholeDraft, wholeDraftName } from '../rules/names.ts'
import { typedText } from '../rules/typed.ts'
import { nameClauses } from '../text/words/clause-names.ts'
import { type Judging, judging, type Said } from './judging.ts'
import { type ListedComment, listedComment } from './listed-comment.ts'
import { idOf, placeOf, type QueuePlace, queryOf, queueAddress } from './queue-address.ts'
import { type FilterChoices, type FilterLink, filterChoices, switchLinks } from './queue-filters.ts'
import type { Reading } from './reading.ts'
import {
  behindThePage,
  beside,
  inTurn,
  type Narrowed,
  narrowed,
  pageSize,
  type Waiting,
  waiting,
} from './waiting.ts'

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

/** GET /moderation: what waits, the oldest day first, with one comment open beside it. */
export function queue(app: FastifyInstance, deps: Dependencies): void {
  app.get('/', async (request, reply) => {
    const decided = idOf(typedText(request.query, 'decided'))
    const open = idOf(typedText(request.query, 'comment'))
    return reply.page('moderation/queue', await queuePage(deps, request, { open, decided }))
  })
}

/** The queue as the address asks for it. @param read what the request has read of it and not written since */
export async function queuePage(
  deps: Dependencies,
  request: FastifyRequest,
  said: Said,
  read: { queue: Narrowed; seen: Waiting | null } | null = null,
): Promise<QueuePage> {
  const { db, now } = deps
  const member = memberOf(request)
  const place = placeOf(request)
  const queue = read?.queue ?? (await narrowed(deps, request))
  const { consultations, filters, counts } = queue
  const { places, free, tried } = read?.seen ?? (await waiting(deps, request, queue))
  const decided = said.decided === null ? null : await commentToJudge(db, said.decided)
  const open = said.open ?? inTurn(free, decided)[0]?.publicId ?? null
  const known = await knownOf(deps, open, said.known ?? tried.get(open ?? ''), decided)
  const shown = places.slice(0, pageSize)
  const inner = shown.map(({ id }) => id)
  // The one in hand stands in the list, also where it would stand behind its end, or another filter shows it.
  const inHand = known.comment && !inner.includes(known.comment.id) ? [known.comment.id] : []
  const rows = await queuedComments(db, [...inHand, ...inner], now())
  const first = rows[inHand.length]
  const isWaiting = first?.state === 'pending' && !place.after
  const oldest = isWaiting ? await firstArrival(db, filters, counts, first.createdDay, now()) : null
  const clauses = await clauseNames(deps, consultations, filters.consultationIds)
  const around = beside(free, known.comment)
  const following = around.following ?? (await behindThePage(deps, request, queue, places, known.comment))
  return {
    ...(await judging(deps, request, { ...said, known, open }, { decided, ...around, following })),
    links: await switchLinks(db, place, consultations, counts, member.id, now(), filters.among),
    choices: await filterChoices(db, filters, consultations, clauses),
    place,
    longest: oldest && waited(oldest, now()),
    term: reviewTerm.hours / 24,
    comments: rows.map((row) => listedComment(row, member, open, now())),
    nextPage:
      places.length > pageSize ? queueAddress({ ...place, after: shown.at(-1)?.publicId ?? null }) : null,
  }
}

/** What is known of the open comment, with the comment itself. @throws PageError 404 where there is none */
async function knownOf(
  { db }: Dependencies,
  open: string | null,
  known: Partial<Reading> = {},
  decided: CommentToJudge | null,
): Promise<Partial<Reading>> {
  if (open === null || known.comment) return known
  const comment = decided?.publicId === open ? decided : await commentToJudge(db, open)
  if (!comment) throw notFound()
  return { ...known, comment }
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

/** The address at which a comment is open, in the same place of the queue, and in sight. */
export function openAddress(request: FastifyRequest, publicId: string): string {
  return `/moderation${queryOf({ ...placeOf(request), comment: publicId })}#judging`
}
