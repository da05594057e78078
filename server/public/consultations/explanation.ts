import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { sendExplanation } from '../../plugins/explanation-reply.ts'
import { publicScope } from '../scope.ts'

/** GET /consultations/:slug/explanation: the 起草说明 as the office sent it, where it is a file. */
export function explanation(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string } }>('/consultations/:slug/explanation', async (request, reply) => {
    const { consultation } = await publicScope(deps, request.params.slug)
    reply.header('cache-control', 'public, max-age=0, s-maxage=10')
    return sendExplanation(deps, reply, consultation)
  })
}
