import type { FastifyInstance } from 'fastify'
import { Refused } from '../../db/open.ts'
import { restoreOriginal, viewOriginal } from '../../db/queries/moderation/originals.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound, PageError } from '../plugins/page-error.ts'
import { barredFrom, refuseWhoIsBarred } from './appeals.ts'
import { commentInHand } from './comment-in-hand.ts'
import { openAddress } from './queue.ts'
import { placeOf, queryOf } from './queue-address.ts'

interface Route {
  Params: { id: string }
}

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/original': {
      id: string
      body: string
      wording: string | null
      /** The query that keeps the queue where it is. */
      query: string
      back: string
      mayRestore: boolean
    }
  }
}

/** POST /moderation/comments/:id/original shows what a redacted comment said, and …/restoration gives it back: both are logged. */
export function originals(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals, now } = deps

  app.post<Route>('/comments/:id/original', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator', 'approver')
    const original = await viewOriginal(db, seals, comment, member.id, now())
    if (!original) throw notFound()
    const { body, wording } = original
    const mayRestore = comment.state === 'pending' && (await barredFrom(deps, comment, member)) === null
    const [back, query] = [openAddress(request, comment.id), queryOf({ ...placeOf(request) })]
    return reply.page('moderation/original', { id: comment.id, body, wording, query, back, mayRestore })
  })

  app.post<Route>('/comments/:id/restoration', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator', 'approver')
    await refuseWhoIsBarred(deps, comment, member)
    try {
      await restoreOriginal(db, seals, comment, member.id, now())
    } catch (error) {
      if (error instanceof Refused) throw notWaiting()
      throw error
    }
    return reply.redirect(openAddress(request, comment.id), 303)
  })
}

const notWaiting = () =>
  new PageError(409, 'not_waiting', '只有待审的意见可以恢复原文', '请先把这条意见重新审核。')
