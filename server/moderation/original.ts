import type { FastifyInstance } from 'fastify'
import { viewOriginal } from '../../db/queries/moderation/originals.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { actOf } from '../plugins/roles.ts'
import { hearingOf } from './appeals.ts'
import { commentInHand } from './comment-in-hand.ts'
import { openAddress } from './queue.ts'
import { placeOf, queryOf } from './queue-address.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/original': {
      publicId: string
      body: string
      wording: string | null
      /** The query that keeps the queue where it is. */
      query: string
      back: string
      mayRestore: boolean
    }
  }
}

/** POST /moderation/comments/:id/original shows what a redacted comment said, which is logged. */
export function original(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals } = deps

  app.post<{ Params: { id: string } }>('/comments/:id/original', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator', 'approver')
    const original = await viewOriginal(db, seals, comment, actOf(request, deps))
    if (!original) throw notFound()
    const { body, wording } = original
    const mayRestore = comment.state === 'pending' && (await hearingOf(deps, comment, member)).barred === null
    const { publicId } = comment
    const [back, query] = [openAddress(request, publicId), queryOf({ ...placeOf(request) })]
    return reply.page('moderation/original', { publicId, body, wording, query, back, mayRestore })
  })
}
