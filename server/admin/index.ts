import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'
import { staff } from './staff.ts'
import { staffAccount } from './staff-account.ts'

/** The administrators' workspace, under /admin. */
export async function admin(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.addHook('onRequest', guardedFor('admin'))
  app.get('/', async (_request, reply) => reply.redirect('/admin/staff', 303))
  staff(app, deps)
  await app.register((one: FastifyInstance) => staffAccount(one, deps), { prefix: '/staff/:id' })
}
