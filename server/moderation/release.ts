import type { FastifyInstance } from 'fastify'
import { release as releaseComment } from '../../db/queries/moderation/claims.ts'
import type { Dependencies } from '../dependencies.ts'
import { commentInHand } from './comment-in-hand.ts'
import { nothing } from './judging.ts'

/** POST /moderation/comments/:id/release: a claimed comment is let go of, for others to judge. */
export function release(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { id: string } }>('/comments/:id/release', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator')
    await releaseComment(deps.db, comment.id, member.id)
    return nothing(reply)
  })
}
