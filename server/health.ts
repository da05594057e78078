import type { FastifyInstance } from 'fastify'
import { isReachable } from '../db/queries/upkeep/health.ts'
import type { Dependencies } from './dependencies.ts'

/** For supervisors and load balancers: alive at all, and able to serve. */
export function health(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    const ready = await isReachable(db)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'database unreachable' })
  })
}
