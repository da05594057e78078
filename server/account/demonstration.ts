import type { FastifyInstance } from 'fastify'
import type { Entrance } from '../demonstration/entrances.ts'
import { notFound } from '../plugins/page-error.ts'
import { beginSession } from './sign-in.ts'

/** GET /staff/demonstration/:key: in a demonstration its address signs in; elsewhere there is no such page. */
export function demonstration(app: FastifyInstance, entrances: readonly Entrance[]): void {
  app.get<{ Params: { key: string } }>('/demonstration/:key', async (request, reply) => {
    const entrance = entrances.find(({ key }) => key === request.params.key)
    if (!entrance) throw notFound()
    await beginSession(request, entrance.staffId)
    return reply.redirect('/staff', 303)
  })
}
