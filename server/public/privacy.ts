import type { FastifyInstance } from 'fastify'
import { retentionTerms } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import type { RetentionTerms } from '../rules/consultations/retentions.ts'
import { type Frame, frameKey, frameOf } from './frame.ts'

interface PrivacyPage {
  frame: Frame
  title: string
  terms: RetentionTerms
}

declare module '../plugins/views.ts' {
  interface Views {
    'public/privacy': PrivacyPage
    'public/privacy-en': PrivacyPage
  }
}

/** The notice before personal data is collected (PIPL art. 17): one short page. */
export function privacy(app: FastifyInstance, deps: Dependencies): void {
  app.get('/privacy', async (request, reply) => {
    const [frame, terms] = await Promise.all([frameOf(request, deps), retentionTerms(deps.db)])
    return reply.keptPage([...frameKey(frame), terms], () =>
      app.page(frame.display.lang === 'en' ? 'public/privacy-en' : 'public/privacy', {
        frame,
        title: frame.t.nav.privacy,
        terms,
      }),
    )
  })
}
