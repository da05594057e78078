import type { FastifyInstance } from 'fastify'
import { progressOf } from '../../../db/queries/answers/progress.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { field } from '../comments/reading-address.ts'
import { type OneVoice, warningsOfAll } from './one-voice.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/warnings': {
      consultation: Consultation
      voice: OneVoice
      /** Older answers than the newest are compared. */
      isLater: boolean
    }
  }
}

/** GET /office/:slug/warnings?before=: all that does not go together in the answers, of so many answers at a time. */
export function warnings(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/warnings', async (request, reply) => {
    const { consultation, query } = request
    const before = field(query, 'before')
    const [places, progress] = await Promise.all([
      clausePlaces(db, consultation.id),
      progressOf(db, consultation.id),
    ])
    return reply.page('office/answers/warnings', {
      consultation,
      voice: await warningsOfAll({ db, consultation, places }, progress, before),
      isLater: before !== null,
    })
  })
}
