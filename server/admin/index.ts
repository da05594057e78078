import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'
import { audit } from './audit.ts'
import { calendar } from './calendar.ts'
import { actsLog } from './log.ts'
import { moderationSettings } from './moderation.ts'
import { site } from './site.ts'
import { staff } from './staff.ts'
import { staffAccount } from './staff-account.ts'

/** The administrators' workspace, under /admin. */
export async function admin(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.addHook('onRequest', guardedFor('admin'))
  app.get('/', async (_request, reply) => reply.redirect('/admin/staff', 303))
  staff(app, deps)
  calendar(app, deps)
  site(app, deps)
  moderationSettings(app, deps)
  actsLog(app, deps)
  audit(app, deps)
  await app.register((one: FastifyInstance) => staffAccount(one, deps), { prefix: '/staff/:id' })
}
