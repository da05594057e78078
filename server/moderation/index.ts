import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'
import { inMemory, uploads } from '../plugins/uploads.ts'
import { formBytes, mostComments } from '../rules/submissions/submission-form.ts'
import { attachment } from './attachment.ts'
import { bulk } from './bulk.ts'
import { bulkActs } from './bulk-acts.ts'
import { bulks } from './bulks.ts'
import { campaigns } from './campaigns/campaigns.ts'
import { claim } from './claim.ts'
import { confirmation } from './confirmation.ts'
import { decision } from './decision.ts'
import { decisions } from './decisions.ts'
import { largestTable } from './intakes/intake-upload.ts'
import { letter } from './intakes/letter.ts'
import { offline } from './intakes/offline.ts'
import { offlineList } from './intakes/offline-list.ts'
import { offlineLists } from './intakes/offline-lists.ts'
import { original } from './original.ts'
import { queue } from './queue.ts'
import { receipts } from './receipts/receipts.ts'
import { redactions } from './redactions.ts'
import { release } from './release.ts'
import { reopening } from './reopening.ts'
import { restoration } from './restoration.ts'
import { privacyReports } from './retractions/privacy-reports.ts'
import { retraction } from './retractions/retraction.ts'
import { retractions } from './retractions/retractions.ts'
import { revocation } from './revocation.ts'

const staffForm = {
  fileSize: largestTable,
  fieldSize: 64 * 1024,
  textSize: formBytes,
  fields: mostComments * 6 + 100,
  files: 1,
  take: inMemory,
}

/** The moderators' workspace, under /moderation. */
export async function moderation(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.addHook('onRequest', guardedFor('moderation'))
  await app.register(uploads, staffForm)

  queue(app, deps)
  claim(app, deps)
  release(app, deps)
  redactions(app, deps)
  original(app, deps)
  restoration(app, deps)
  confirmation(app, deps)
  attachment(app, deps)
  decision(app, deps)
  revocation(app, deps)
  reopening(app, deps)
  decisions(app, deps)
  retractions(app, deps)
  retraction(app, deps)
  privacyReports(app, deps)

  bulks(app, deps)
  bulk(app, deps)
  bulkActs(app, deps)
  campaigns(app, deps)

  offline(app, deps)
  letter(app, deps)
  offlineLists(app, deps)
  offlineList(app, deps)
  receipts(app, deps)
}
