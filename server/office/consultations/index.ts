import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { uploads } from '../../plugins/uploads.ts'
import { largestFile } from './document.ts'
import { createConsultation, newConsultation } from './new.ts'
import { outlinePage } from './outline.ts'
import { repairRound, undoRepair } from './repairs.ts'

const draftForm = { fileSize: largestFile, fieldSize: 4 * 1024 * 1024, files: 2 }

/** Putting up a consultation, under /office/consultations. */
export async function puttingUp(app: FastifyInstance, deps: Dependencies): Promise<void> {
  await app.register(uploads, draftForm)
  app.get('/new', newConsultation)
  app.post('/', createConsultation(deps))
}

/** Conducting a consultation, under /office/:slug. */
export async function conducting(app: FastifyInstance, deps: Dependencies): Promise<void> {
  await app.register(uploads, draftForm)
  app.get('/rounds/:round/outline', outlinePage(deps))
  app.post('/rounds/:round/repairs', repairRound(deps))
  app.post('/rounds/:round/repairs/undo', undoRepair(deps))
}
