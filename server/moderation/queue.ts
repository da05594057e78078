import type { FastifyInstance, FastifyRequest } from 'fastify'
import { consultationsOfStaff } from '../../db/queries/consultations-of-staff.ts'
import { commentToJudge, pendingComments, pendingCounts, type QueuedComment } from '../../db/queries/queue.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf, memberWith } from '../plugins/roles.ts'
import { nameOf, stanceNames, stateNames, wholeDraft, wholeDraftName } from '../rules/names.ts'
import { defaultReasons, type Reason } from '../rules/reasons.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { type FieldError, typedText } from '../rules/typed.ts'
import { type Judged, judged } from './judged.ts'

export interface ListedComment {
  id: string
  href: string
  clause: string
  stance: string
  receivedAt: string
  excerpt: string
  current: boolean
}

export interface QueueLink {
  name: string
  href: string
  count: number
  current: boolean
}

/** What has been said to the moderator about their last act: done, or refused. */
export interface Notice {
  text: string
  done: boolean
}

export interface QueuePage {
  consultations: QueueLink[]
  comments: ListedComment[]
  /** The address of the next page of the list; null on the last. */
  next: string | null
  judged: Judged | null
  /** The address of the comment after the judged one; null at the end. */
  following: string | null
  /** The query that keeps the list where it is. */
  place: string
  reasons: Reason[]
  notice: Notice | null
  errors: FieldError[]
  /** What was typed of a refused form: its act, reason and note. */
  typed: { act: string; reason: string; note: string }
}

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/queue': QueuePage
  }
}

const pageSize = 25
const excerptLength = 60

/** GET /moderation?consultation=&after=&comment=: what waits, the oldest first, with one comment open beside it. */
export function queue(app: FastifyInstance, deps: Dependencies): void {
  app.get('/', async (request, reply) => {
    const decided = typedText(request.query, 'decided')
    const said = decided ? { decided, notice: await outcomeOf(deps, request, decided) } : {}
    return reply.page('moderation/queue', await queuePage(deps, request, said))
  })
}

/** What became of the comment from which the address comes. */
async function outcomeOf({ db }: Dependencies, request: FastifyRequest, id: string): Promise<Notice | null> {
  const comment = await commentToJudge(db, id)
  if (!comment) return null
  memberWith(request, comment.consultationId, 'moderator', 'approver', 'auditor')
  return { text: `已决定：${nameOf(stateNames, comment.state)}`, done: true }
}

/** What has to be said about the last act, and which comment stays open; after one that is decided, the next opens. */
interface Said extends Partial<Pick<QueuePage, 'notice' | 'errors' | 'typed'>> {
  comment?: string
  decided?: string
}

/** The queue as this address asks for it. */
export async function queuePage(
  deps: Dependencies,
  request: FastifyRequest,
  said: Said = {},
): Promise<QueuePage> {
  const { db } = deps
  const mine = await consultationsOfStaff(db, memberOf(request).id, ['moderator', 'approver', 'auditor'])
  const counts = await pendingCounts(
    db,
    mine.map(({ id }) => id),
  )
  const { consultation, after } = placeOf(request)
  const chosen = mine.find(({ slug }) => slug === consultation) ?? null
  const ids = chosen ? [chosen.id] : mine.map(({ id }) => id)
  const rows = await pendingComments(db, ids, after, pageSize + 1)
  const open = said.comment ?? (typedText(request.query, 'comment') || nextAfter(rows, said.decided))
  const comment = open ? await commentToJudge(db, open) : null
  if (open && !comment) throw notFound()
  if (comment) memberWith(request, comment.consultationId, 'moderator', 'approver', 'auditor')
  const place = { consultation: chosen?.slug ?? null, after }
  const shown = rows.slice(0, pageSize)
  const following = rows[rows.findIndex(({ id }) => id === open) + 1]
  return {
    consultations: [
      { name: '全部', href: '/moderation', count: sum(counts.values()), current: chosen === null },
      ...mine.map(({ id, slug, title }) => ({
        name: title,
        href: queueAddress({ consultation: slug, after: null }),
        count: counts.get(id) ?? 0,
        current: id === chosen?.id,
      })),
    ],
    comments: shown.map((row) => listed(row, place, open)),
    next: rows.length > pageSize ? queueAddress({ ...place, after: shown.at(-1)?.id ?? null }) : null,
    judged: comment ? await judged(deps, comment) : null,
    following: following ? queueAddress({ ...place, comment: following.id }) : null,
    place: queueAddress(place).slice('/moderation'.length),
    reasons: [...defaultReasons],
    notice: said.notice ?? null,
    errors: said.errors ?? [],
    typed: said.typed ?? { act: '', reason: '', note: '' },
  }
}

/** The oldest that came in after the one just decided; behind the last, the oldest of all. */
function nextAfter(rows: QueuedComment[], decided: string | undefined): string | undefined {
  return (rows.find(({ id }) => id > (decided ?? '')) ?? rows[0])?.id
}

function listed(row: QueuedComment, place: QueuePlace, open: string | undefined): ListedComment {
  const characters = [...row.body]
  return {
    id: row.id,
    href: queueAddress({ ...place, comment: row.id }),
    clause: row.clause === wholeDraft ? wholeDraftName : (row.label ?? row.citation ?? row.clause),
    stance: nameOf(stanceNames, row.stance),
    receivedAt: shanghaiMinute(row.createdAt),
    excerpt: characters.slice(0, excerptLength).join('') + (characters.length > excerptLength ? '……' : ''),
    current: row.id === open,
  }
}

interface QueuePlace {
  consultation: string | null
  after: string | null
  comment?: string
  decided?: string
}

/** Where in the queue this address is. */
export function placeOf({ query }: FastifyRequest): QueuePlace {
  return { consultation: typedText(query, 'consultation') || null, after: typedText(query, 'after') || null }
}

export function queueAddress(place: QueuePlace): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(place)) if (value) query.set(key, value)
  return query.size > 0 ? `/moderation?${query}` : '/moderation'
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0)
}
