import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { isReachable, takesWrites } from '../db/queries/upkeep/health.ts'
import { opensSeals } from '../db/queries/upkeep/seal-check.ts'
import type { Dependencies } from './dependencies.ts'
import { wrongKey } from './open-portal.ts'
import type { Stopping } from './stopping.ts'

/** In bytes: the files of two large submissions, and the log of a busy hour. */
const leastFree = 64 * 1024 * 1024
/** In milliseconds: whoever asks more often is told the same, so that asking is no way to make the portal write. */
const provenFor = 5_000

/** For supervisors and load balancers: alive at all, and able to serve. */
export function health(app: FastifyInstance, deps: Dependencies, stopping: Stopping): void {
  const holder = randomUUID()
  let proof: { at: number; told: Promise<string | null> } | null = null
  const cannotWrite = () => {
    if (!proof || performance.now() - proof.at > provenFor)
      proof = { at: performance.now(), told: obstacleToWriting(deps, holder) }
    return proof.told
  }

  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    const obstacle = stopping.begun ? 'stopping' : ((await obstacleTo(deps)) ?? (await cannotWrite()))
    return reply.code(obstacle ? 503 : 200).send({ status: obstacle ?? 'ok' })
  })
}

/** Why the portal cannot serve; null where it can. */
async function obstacleTo({ db, seals }: Dependencies): Promise<string | null> {
  if (!(await isReachable(db))) return 'database unreachable'
  return (await opensSeals(db, seals)) ? null : wrongKey
}

async function obstacleToWriting({ db, config }: Dependencies, holder: string): Promise<string | null> {
  const free = await freeBytes(config.dataDir)
  if (free === null) return 'DATA_DIR unreachable'
  if (free < leastFree) return 'disk nearly full'
  return (await takesWrites(db, holder)) ? null : 'database takes no writes'
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
