import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Bulk, findBulk, turnBulk } from '../../db/queries/moderation/bulks.ts'
import { queuedComments } from '../../db/queries/moderation/queued-comments.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import { repeatable } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf } from '../plugins/roles.ts'
import { typedText } from '../rules/typed.ts'
import { excerpt } from '../text/words/sentences.ts'
import { pollingCode } from './polling.ts'
import { idOf } from './queue-address.ts'
import { type ShownBulk, type ShownSkip, shownBulk, shownSkips } from './shown-bulk.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/bulk': {
      bulk: ShownBulk
      samples: string[]
      skipped: ShownSkip[]
      nextPage: string | null
    }
    'moderation/_bulk-progress': { bulk: ShownBulk }
  }
}

interface Route {
  Params: { id: string }
}

const sampleSize = 5
const pageSize = 100

/** /moderation/bulks/:id: what it decides and what it left as it is; it is started, and may be stopped. */
export function bulk(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.get<Route>('/bulks/:id', async (request, reply) => {
    const bulk = await bulkOf(deps, request)
    const shown = shownBulk(bulk, await currentReasons(db))
    if (request.headers['hx-request']) {
      return reply.code(pollingCode(bulk.state)).page('moderation/_bulk-progress', { bulk: shown })
    }
    const sampled = bulk.state === 'prepared' ? bulk.comments.slice(0, sampleSize) : []
    const samples = await queuedComments(db, sampled, now())
    const after = Number(/^\d{1,5}$/.exec(typedText(request.query, 'after'))?.[0] ?? 0)
    const end = after + pageSize
    return reply.page('moderation/bulk', {
      bulk: shown,
      skipped: await shownSkips(deps, bulk.skipped.slice(after, end), memberOf(request)),
      nextPage: bulk.skipped.length > end ? `/moderation/bulks/${bulk.id}?after=${end}` : null,
      samples: samples.map(({ body }) => excerpt(body, 80)),
    })
  })

  app.post<Route>('/bulks/:id/start', (request, reply) => turn(deps, request, reply, 'prepared', 'running'))

  app.post<Route>('/bulks/:id/stop', (request, reply) => turn(deps, request, reply, 'running', 'stopped'))
}

async function turn(
  deps: Dependencies,
  request: FastifyRequest<Route>,
  reply: FastifyReply,
  from: 'prepared' | 'running',
  to: 'running' | 'stopped',
): Promise<FastifyReply> {
  const bulk = await bulkOf(deps, request)
  await repeatable(turnBulk(deps.db, bulk, from, to, deps.now()))
  return reply.redirect(`/moderation/bulks/${bulk.id}`, 303)
}

async function bulkOf({ db }: Dependencies, request: FastifyRequest<Route>): Promise<Bulk> {
  const id = idOf(request.params.id)
  const bulk = id && (await findBulk(db, id, memberOf(request).id))
  if (!bulk) throw notFound()
  return bulk
}
