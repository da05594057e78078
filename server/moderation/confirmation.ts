import type { FastifyInstance } from 'fastify'
import { confirmOrganisation } from '../../db/queries/moderation/confirmations.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { confirmationForm } from '../rules/moderation/confirmation-form.ts'
import { commentInHand } from './comment-in-hand.ts'
import { openAddress, queuePage } from './queue.ts'

/**
 * POST /moderation/comments/:id/confirmation: the organisation in whose name a comment came has proved to be who it
 * says, by a sealed letter or by its 统一社会信用代码.
 */
export function confirmation(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { id: string } }>('/comments/:id/confirmation', async (request, reply) => {
    const { comment } = await commentInHand(deps, request, 'moderator')
    const { values, errors } = confirmationForm(comment.organisation).sent(request.body)
    if (!values) {
      const page = await queuePage(deps, request, {
        open: comment.publicId,
        decided: null,
        known: { comment },
        errors,
      })
      return reply.code(422).page('moderation/queue', page)
    }
    const { creditCode } = values
    const proof = { by: creditCode ? ('code' as const) : ('letter' as const), creditCode }
    await confirmOrganisation(deps.db, comment, proof, actOf(request, deps))
    return reply.redirect(openAddress(request, comment.publicId), 303)
  })
}
