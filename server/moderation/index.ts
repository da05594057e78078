import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'
import { decisions } from './decisions.ts'
import { queue } from './queue.ts'

/** The moderators' workspace, under /moderation. */
export async function moderation(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.addHook('onRequest', guardedFor('moderation'))
  queue(app, deps)
  decisions(app, deps)
}
