import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'

/** The administrators' workspace, under /admin. */
export async function admin(app: FastifyInstance, _deps: Dependencies): Promise<void> {
  app.addHook('onRequest', guardedFor('admin'))
}
