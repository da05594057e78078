import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { inMemory, uploads } from '../../plugins/uploads.ts'
import { largestFile } from '../drafts/document.ts'
import { importDraft, importPage } from '../drafts/import.ts'
import { mappingPage } from '../drafts/mapping.ts'
import { changeOneMapping, confirmAllMappings } from '../drafts/mapping-acts.ts'
import { outlinePage } from '../drafts/outline.ts'
import { giveChangeReason } from '../drafts/reasons.ts'
import { repairRound, undoRepair } from '../drafts/repairs.ts'
import { nextRound } from '../drafts/rounds.ts'
import { createConsultation, newConsultation } from './consultation-form.ts'
import { correctionsPage, correctRound } from './corrections.ts'
import { explanationDownload } from './explanation.ts'
import { extendConsultation, extensionsPage } from './extensions.ts'
import { changeNotice, noticePage } from './notice.ts'
import { changeParticipation, participationPage } from './participation.ts'
import { publicationPage } from './publication.ts'
import { publish } from './publication-acts.ts'
import { saveSettings, settingsPage } from './settings.ts'
import { resumeConsultation, suspendConsultation, suspensionPage } from './suspension.ts'

const draftForm = {
  fileSize: largestFile,
  fieldSize: 4 * 1024 * 1024,
  textSize: 8 * 1024 * 1024,
  fields: 100,
  files: 2,
  take: inMemory,
}

/** Putting up a consultation, under /office/consultations. */
export async function puttingUp(app: FastifyInstance, deps: Dependencies): Promise<void> {
  await app.register(uploads, draftForm)
  app.get('/new', newConsultation)
  app.post('/', createConsultation(deps))
}

/** Conducting a consultation, under /office/:slug. */
export async function conducting(app: FastifyInstance, deps: Dependencies): Promise<void> {
  await app.register(uploads, draftForm)
  app.get('/import', importPage(deps))
  app.post('/import', importDraft(deps))
  app.post('/rounds', nextRound(deps))
  app.get('/rounds/:round/outline', outlinePage(deps))
  app.post('/rounds/:round/repairs', repairRound(deps))
  app.post('/rounds/:round/repairs/undo', undoRepair(deps))
  app.get('/rounds/:round/mapping', mappingPage(deps))
  app.post('/rounds/:round/mapping', confirmAllMappings(deps))
  app.post('/rounds/:round/mapping/:position', changeOneMapping(deps))

  app.post('/rounds/:round/reasons/:clause', giveChangeReason(deps))

  app.get('/settings', settingsPage)
  app.post('/settings', saveSettings(deps))
  app.get('/explanation', explanationDownload(deps))
  app.get('/participation', participationPage)
  app.post('/participation', changeParticipation(deps))
  app.get('/notice', noticePage)
  app.post('/notice', changeNotice(deps))
  app.get('/publication', publicationPage(deps))
  app.post('/publication', publish(deps))

  app.get('/extensions', extensionsPage(deps))
  app.post('/extensions', extendConsultation(deps))
  app.get('/suspension', suspensionPage(deps))
  app.post('/suspension', suspendConsultation(deps))
  app.post('/suspension/end', resumeConsultation(deps))
  app.get('/corrections', correctionsPage(deps))
  app.post('/corrections', correctRound(deps))
}
