import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { reopenBulk, revokeBulk } from '../../db/queries/moderation/bulk-reopenings.ts'
import { turnBulk } from '../../db/queries/moderation/bulks.ts'
import { repeatable } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { mostUntyped } from '../rules/moderation/bulks.ts'
import { reopeningForm } from '../rules/moderation/decision-form.ts'
import { typedText } from '../rules/typed.ts'
import { type BulkRoute, bulkOf, bulkPage } from './bulk.ts'

/**
 * POST /moderation/bulks/:id/start, with its number where it is a large one, and …/stop; …/revocation takes the whole back
 * before it takes effect, and …/reopening lets all of it wait again afterwards, with a reason.
 */
export function bulkActs(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps
  const back = (request: FastifyRequest<BulkRoute>, reply: FastifyReply) =>
    reply.redirect(`/moderation/bulks/${request.params.id}`, 303)

  app.post<BulkRoute>('/bulks/:id/start', async (request, reply) => {
    const bulk = await bulkOf(deps, request)
    const count = bulk.comments.length
    if (count > mostUntyped && typedText(request.body, 'count') !== String(count)) {
      const errors = [{ field: 'count', message: `请填写 ${count}，确认您知道要处理多少条` }]
      return reply.code(422).page('moderation/bulk', await bulkPage(deps, request, bulk, { errors }))
    }
    await repeatable(turnBulk(db, bulk, 'prepared', 'running', now()))
    return back(request, reply)
  })

  app.post<BulkRoute>('/bulks/:id/stop', async (request, reply) => {
    const bulk = await bulkOf(deps, request)
    await repeatable(turnBulk(db, bulk, 'running', 'stopped', now()))
    return back(request, reply)
  })

  app.post<BulkRoute>('/bulks/:id/revocation', async (request, reply) => {
    const bulk = await bulkOf(deps, request)
    await repeatable(revokeBulk(db, bulk, actOf(request, deps)))
    return back(request, reply)
  })

  app.post<BulkRoute>('/bulks/:id/reopening', async (request, reply) => {
    const bulk = await bulkOf(deps, request)
    const { typed, values, errors } = reopeningForm.sent(request.body)
    if (!values) {
      const said = { errors, typed }
      return reply.code(422).page('moderation/bulk', await bulkPage(deps, request, bulk, said))
    }
    await repeatable(reopenBulk(db, bulk, values.reason, actOf(request, deps)))
    return back(request, reply)
  })
}
