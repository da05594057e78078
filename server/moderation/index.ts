import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'
import { inMemory, uploads } from '../plugins/uploads.ts'
import { formBytes, limits } from '../rules/submissions/submission-checks.ts'
import { attachments } from './attachments.ts'
import { bulks } from './bulks.ts'
import { campaigns } from './campaigns/campaigns.ts'
import { claiming } from './claims.ts'
import { confirmations } from './confirmations.ts'
import { decisions } from './decisions.ts'
import { largestTable } from './intakes/intake-upload.ts'
import { offline } from './intakes/offline.ts'
import { offlineList } from './intakes/offline-list.ts'
import { offlineLists } from './intakes/offline-lists.ts'
import { originals } from './originals.ts'
import { queue } from './queue.ts'
import { receipts } from './receipts/receipts.ts'
import { redactions } from './redactions.ts'
import { reopenings } from './reopenings.ts'

const staffForm = {
  fileSize: largestTable,
  fieldSize: 64 * 1024,
  textSize: formBytes,
  fields: limits.comments * 6 + 100,
  files: 1,
  take: inMemory,
}

/** The moderators' workspace, under /moderation. */
export async function moderation(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.addHook('onRequest', guardedFor('moderation'))
  await app.register(uploads, staffForm)
  queue(app, deps)
  claiming(app, deps)
  redactions(app, deps)
  decisions(app, deps)
  reopenings(app, deps)
  originals(app, deps)
  attachments(app, deps)
  confirmations(app, deps)
  bulks(app, deps)
  campaigns(app, deps)
  offline(app, deps)
  offlineLists(app, deps)
  receipts(app, deps)
  offlineList(app, deps)
}
