import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'
import { audit } from './audit.ts'
import { calendar } from './calendar.ts'
import { faults } from './faults.ts'
import { handover } from './handover.ts'
import { log } from './log.ts'
import { moderation } from './moderation.ts'
import { retentions } from './retentions.ts'
import { site } from './site.ts'
import { staff } from './staff.ts'
import { staffAccount } from './staff-account.ts'

/** The administrators' workspace, under /admin. */
export async function admin(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.addHook('onRequest', guardedFor('admin'))
  staff(app, deps)
  staffAccount(app, deps)
  handover(app, deps)
  calendar(app, deps)
  site(app, deps)
  moderation(app, deps)
  log(app, deps)
  audit(app, deps)
  retentions(app, deps)
  faults(app, deps)
}
