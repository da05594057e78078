import type { FastifyInstance } from 'fastify'
import { reopen } from '../../db/queries/moderation/reviews.ts'
import { doneUnless } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { reopeningForm } from '../rules/moderation/decision-form.ts'
import { commentInHand } from './comment-in-hand.ts'
import { openAddress, queuePage } from './queue.ts'
import type { Reading } from './reading.ts'

const decided = ['published', 'withheld', 'refused']

/** POST /moderation/comments/:id/reopening lets a decided comment wait again, with a reason. */
export function reopening(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { id: string } }>('/comments/:id/reopening', async (request, reply) => {
    const { comment } = await commentInHand(deps, request, 'moderator')
    const { typed, values, errors } = reopeningForm.sent(request.body)
    if (!values) {
      const said = {
        open: comment.publicId,
        decided: null,
        known: { comment },
        errors,
        reopening: typed.reason,
      }
      const page = await queuePage(deps, request, said)
      return reply.code(422).page('moderation/queue', page)
    }
    const refuse = async (known: Partial<Reading>) => {
      const notice = { text: '这条意见的状态刚刚变了，没有重新审核。', done: false }
      const page = await queuePage(deps, request, { open: comment.publicId, decided: null, known, notice })
      return reply.code(409).page('moderation/queue', page)
    }
    if (!decided.includes(comment.state)) return refuse({ comment })
    if (!(await doneUnless('stale', reopen(deps.db, comment, values.reason, actOf(request, deps))))) {
      return refuse({})
    }
    return reply.redirect(openAddress(request, comment.publicId), 303)
  })
}
