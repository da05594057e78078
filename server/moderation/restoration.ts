import type { FastifyInstance } from 'fastify'
import { restoreOriginal } from '../../db/queries/moderation/originals.ts'
import { refusedAs } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from '../plugins/page-error.ts'
import { actOf } from '../plugins/roles.ts'
import { hearingBy } from './appeals.ts'
import { commentInHand } from './comment-in-hand.ts'
import { openAddress } from './queue.ts'

/** POST /moderation/comments/:id/restoration gives a redacted comment back what it said, which is logged. */
export function restoration(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals } = deps

  app.post<{ Params: { id: string } }>('/comments/:id/restoration', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator', 'approver')
    await hearingBy(deps, comment, member)
    await restoreOriginal(db, seals, comment, actOf(request, deps)).catch(refusedAs(notWaiting))
    return reply.redirect(openAddress(request, comment.publicId), 303)
  })
}

const notWaiting = () =>
  new PageError(409, 'not_waiting', '只有待审的意见可以恢复原文', '请先把这条意见重新审核。')
