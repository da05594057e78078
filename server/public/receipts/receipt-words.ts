import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { writeSentComments } from '../../documents/feedback-form/sent-comments.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { sendOwnFile } from '../download-headers.ts'
import { nameIn, publicScope } from '../scope.ts'
import { actingOn } from './receipt-acting.ts'

/** POST /receipts/words: what the holder of a receipt has sent, as a Word file. What was withdrawn is erased, and not in it. */
export function receiptWords(app: FastifyInstance, deps: Dependencies): void {
  app.post('/receipts/words', { config: { limit: 'receipt' } }, async (request, reply) => {
    const { frame, status } = await actingOn(deps, request, reply)
    const scope = await publicScope(deps, status.consultation.slug)
    const { number, createdAt } = status
    const facts = { title: scope.round.title, number, receivedAt: shanghaiMinute(createdAt) }
    const comments = status.comments
      .filter(({ body }) => body !== '')
      .map(({ clause, quote, ...comment }) => ({
        ...comment,
        quote: quote?.exact ?? null,
        clauseName: nameIn(scope, clause, frame.t.clause.wholeDraft),
      }))
    return sendOwnFile(reply, await writeSentComments(facts, comments), 'docx', `提交的意见-${number}`)
  })
}
