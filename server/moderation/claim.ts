import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { claim as claimComment } from '../../db/queries/moderation/claims.ts'
import { doneUnless } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { typedText } from '../rules/typed.ts'
import { hearingOf } from './appeals.ts'
import { commentInHand } from './comment-in-hand.ts'
import { isFragment, nothing } from './judging.ts'
import { openAddress, type QueuePage, queuePage } from './queue.ts'
import { readingOf } from './reading.ts'
import { claimNext } from './waiting.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/_opened': QueuePage
  }
}

/** POST /moderation/comments/:id/claim opens a comment for judging, or renews that. */
export function claim(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post<{ Params: { id: string } }>('/comments/:id/claim', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator')
    const open = { open: comment.publicId, decided: null }
    const isRenewal = request.headers['hx-trigger'] === 'renewal'
    // Whoever may not decide on it opens it to read, and keeps nobody from it.
    const { barred } = await hearingOf(deps, comment, member)
    const isOpened = barred || (await doneUnless('taken', claimComment(db, comment.id, actOf(request, deps))))
    if (isRenewal) return nothing(reply)
    // Whoever goes on is led past what somebody else has taken up since the page was made.
    const goesOn = !isOpened && typedText(request.body, 'onward') === 'yes'
    const { next } = goesOn ? await claimNext(deps, request, comment) : { next: null }
    if (next) return showOpened(deps, request, reply, next)
    if (!isOpened) {
      const known = await readingOf(deps, request, comment.publicId)
      const notice = { text: `${known.claim?.by ?? '另一位审核员'} 正在审这一条，请先审别的。`, done: false }
      const page = await queuePage(deps, request, { ...open, known, notice })
      return reply.code(409).page(isFragment(request) ? 'moderation/_opened' : 'moderation/queue', page)
    }
    return showOpened(deps, request, reply, comment.publicId)
  })
}

async function showOpened(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  publicId: string,
): Promise<FastifyReply> {
  if (!isFragment(request)) return reply.redirect(openAddress(request, publicId), 303)
  const page = await queuePage(deps, request, { open: publicId, decided: null })
  return reply.page('moderation/_opened', page)
}
