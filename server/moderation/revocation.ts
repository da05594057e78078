import type { FastifyInstance } from 'fastify'
import { claim } from '../../db/queries/moderation/claims.ts'
import { revoke } from '../../db/queries/moderation/due-decisions.ts'
import { doneUnless } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { commentInHand } from './comment-in-hand.ts'
import { isFragment, type Notice } from './judging.ts'
import { openAddress, queuePage } from './queue.ts'

/** POST /moderation/comments/:id/revocation: one's own decision is taken back before it takes effect, and opens again. */
export function revocation(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { id: string } }>('/comments/:id/revocation', async (request, reply) => {
    const { comment } = await commentInHand(deps, request, 'moderator', 'approver')
    const act = actOf(request, deps)
    const isRevoked = await doneUnless('stale', revoke(deps.db, comment.id, act))
    // Whoever hears an appeal as an approver claims nothing.
    if (isRevoked) await doneUnless('taken', claim(deps.db, comment.id, act))
    if (isRevoked && !isFragment(request)) return reply.redirect(openAddress(request, comment.publicId), 303)
    const notice = isRevoked ? revoked : tooLate
    const page = await queuePage(deps, request, { open: comment.publicId, decided: null, notice })
    const code = isRevoked ? 200 : 409
    return reply.code(code).page(isFragment(request) ? 'moderation/_opened' : 'moderation/queue', page)
  })
}

const revoked: Notice = { text: '已撤销，这条意见仍待审核。', done: true }
const tooLate: Notice = {
  text: '没有可以撤销的决定：决定可能已经生效，或者已经不在了。已经生效的，可以在下面“重新审核”。',
  done: false,
}
