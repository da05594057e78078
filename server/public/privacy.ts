import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { type Frame, frameKey, frameOf } from './frame.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'public/privacy': { frame: Frame; title: string }
    'public/privacy-en': { frame: Frame; title: string }
  }
}

/** The notice before personal data is collected (PIPL art. 17): one short page. */
export function privacy(app: FastifyInstance, deps: Dependencies): void {
  app.get('/privacy', async (request, reply) => {
    const frame = await frameOf(request, deps)
    return reply.keptPage(frameKey(frame), () =>
      app.page(frame.display.lang === 'en' ? 'public/privacy-en' : 'public/privacy', {
        frame,
        title: frame.t.nav.privacy,
      }),
    )
  })
}
