import type { FastifyInstance } from 'fastify'
import { confirmOrganisation } from '../../db/queries/moderation/confirmations.ts'
import type { Dependencies } from '../dependencies.ts'
import { readCreditCode } from '../rules/credit-code.ts'
import { typedText } from '../rules/typed.ts'
import { commentInHand } from './comment-in-hand.ts'
import { openAddress, queuePage } from './queue.ts'

/**
 * POST /moderation/comments/:id/confirmation: the organisation in whose name a comment came has proved to be who it
 * says, by a sealed letter or by its 统一社会信用代码.
 */
export function confirmation(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { id: string } }>('/comments/:id/confirmation', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator')
    const typed = typedText(request.body, 'credit_code')
    const creditCode = typed ? readCreditCode(typed) : null
    const isLetter = typedText(request.body, 'letter') !== ''
    if (comment.organisation === null || (typed && !creditCode) || (!creditCode && !isLetter)) {
      const errors = [
        { field: 'credit_code', message: '请勾选“有盖章公函”，或者填写正确的 18 位统一社会信用代码' },
      ]
      const page = await queuePage(deps, request, { open: comment.id, decided: null, errors })
      return reply.code(422).page('moderation/queue', page)
    }
    const proof = { by: creditCode ? ('code' as const) : ('letter' as const), creditCode }
    await confirmOrganisation(deps.db, comment, proof, member.id, deps.now())
    return reply.redirect(openAddress(request, comment.id), 303)
  })
}
