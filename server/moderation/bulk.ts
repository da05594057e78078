import type { FastifyInstance, FastifyRequest } from 'fastify'
import { clausesOf, drawn, riskiestOf } from '../../db/queries/moderation/bulk-samples.ts'
import { type Bulk, findBulk } from '../../db/queries/moderation/bulks.ts'
import { queuedComments } from '../../db/queries/moderation/queued-comments.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf } from '../plugins/roles.ts'
import { mostUntyped } from '../rules/moderation/bulks.ts'
import { reopeningForm, type TypedReopening } from '../rules/moderation/decision-form.ts'
import { type FieldError, typedText } from '../rules/typed.ts'
import { excerpt } from '../text/words/sentences.ts'
import { clausesInWords } from './clauses-in-words.ts'
import { pollingCode } from './polling.ts'
import { idOf } from './queue-address.ts'
import { type ShownBulk, type ShownSkip, shownBulk, shownSkips } from './shown-bulk.ts'

/** A comment of a bulk that nobody has confirmed yet. */
interface Sample {
  publicId: string
  text: string
  tags: string[]
}

interface BulkPage {
  bulk: ShownBulk
  /** Drawn by chance, and those that want a person most; none once it was started. */
  samples: Sample[]
  riskiest: Sample[]
  /** How many stand in which clause. */
  clauses: string
  /** Whether its number has to be typed before it is started. */
  asksNumber: boolean
  skipped: ShownSkip[]
  nextPage: string | null
  errors: FieldError[]
  typed: TypedReopening
}

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/bulk': BulkPage
    'moderation/_bulk-progress': Pick<BulkPage, 'bulk' | 'errors' | 'typed'>
  }
}

export interface BulkRoute {
  Params: { id: string }
}

const drawnByChance = 20
const mostRisky = 5
const pageSize = 100
const sampleLength = 200
const { blank } = reopeningForm

/** GET /moderation/bulks/:id: what it decides, of what, what it left as it is, and how far it has come. */
export function bulk(app: FastifyInstance, deps: Dependencies): void {
  app.get<BulkRoute>('/bulks/:id', async (request, reply) => {
    const bulk = await bulkOf(deps, request)
    if (!request.headers['hx-request']) {
      return reply.page('moderation/bulk', await bulkPage(deps, request, bulk))
    }
    const shown = shownBulk(bulk, await currentReasons(deps.db), deps.now())
    return reply
      .code(pollingCode(shown.isGoingOn ? 'running' : bulk.state))
      .page('moderation/_bulk-progress', { bulk: shown, errors: [], typed: blank })
  })
}

/** The page of a bulk. @param said what is wrong with what was sent, and what was typed */
export async function bulkPage(
  deps: Dependencies,
  request: FastifyRequest,
  bulk: Bulk,
  said: Partial<Pick<BulkPage, 'errors' | 'typed'>> = {},
): Promise<BulkPage> {
  const { db, now } = deps
  const isPrepared = bulk.state === 'prepared'
  const [risky, clauses] = isPrepared
    ? await Promise.all([riskiestOf(db, bulk.comments, mostRisky), clausesOf(db, bulk.comments)])
    : [[], []]
  const others = bulk.comments.filter((id) => !risky.includes(id))
  const after = Number(/^\d{1,5}$/.exec(typedText(request.query, 'after'))?.[0] ?? 0)
  const end = after + pageSize
  return {
    bulk: shownBulk(bulk, await currentReasons(db), now()),
    riskiest: await samplesOf(deps, risky),
    samples: await samplesOf(deps, isPrepared ? drawn(others, bulk.id, drawnByChance) : []),
    clauses: clausesInWords(clauses),
    asksNumber: bulk.comments.length > mostUntyped,
    skipped: await shownSkips(deps, bulk.skipped.slice(after, end), memberOf(request)),
    nextPage: bulk.skipped.length > end ? `/moderation/bulks/${bulk.id}?after=${end}` : null,
    errors: said.errors ?? [],
    typed: said.typed ?? blank,
  }
}

async function samplesOf({ db, now }: Dependencies, ids: string[]): Promise<Sample[]> {
  const rows = await queuedComments(db, ids, now())
  return rows.map(({ publicId, body, flagged, unhandled }) => ({
    publicId,
    text: excerpt(body, sampleLength),
    tags: [...(flagged ?? []), ...(unhandled ? [`个人信息 ${unhandled}`] : [])],
  }))
}

/** A bulk of whoever asks. @throws PageError 404 */
export async function bulkOf({ db }: Dependencies, request: FastifyRequest<BulkRoute>): Promise<Bulk> {
  const id = idOf(request.params.id)
  const bulk = id && (await findBulk(db, id, memberOf(request).id))
  if (!bulk) throw notFound()
  return bulk
}
