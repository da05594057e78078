import type { FastifyInstance } from 'fastify'
import { isReachable } from '../db/queries/upkeep/health.ts'
import { opensSeals } from '../db/queries/upkeep/seal-check.ts'
import type { Dependencies } from './dependencies.ts'
import { wrongKey } from './open-portal.ts'
import type { Stopping } from './stopping.ts'

/** For supervisors and load balancers: alive at all, and able to serve. */
export function health(app: FastifyInstance, deps: Dependencies, stopping: Stopping): void {
  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    const obstacle = stopping.begun ? 'stopping' : await obstacleTo(deps)
    return reply.code(obstacle ? 503 : 200).send({ status: obstacle ?? 'ok' })
  })
}

/** Why the portal cannot serve; null where it can. */
async function obstacleTo({ db, seals }: Dependencies): Promise<string | null> {
  if (!(await isReachable(db))) return 'database unreachable'
  return (await opensSeals(db, seals)) ? null : wrongKey
}
