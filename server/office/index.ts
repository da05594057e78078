import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'
import { commentsPage } from './comments.ts'
import { findTheConsultation } from './consultation.ts'
import { commentsDownload } from './downloads.ts'
import { home } from './home.ts'
import { overviewPage } from './overview.ts'
import { papersPage } from './papers.ts'

/** The drafting office's workspace, under /office. */
export async function office(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.addHook('preHandler', guardedFor('office'))
  app.get('/', home(deps))
  await app.register(
    async (scope) => {
      scope.decorateRequest('consultation', null)
      scope.addHook('preHandler', findTheConsultation(deps))

      scope.get('/', overviewPage(deps))
      scope.get('/comments', commentsPage(deps))
      scope.get('/comments.csv', commentsDownload(deps, 'csv'))
      scope.get('/comments.xlsx', commentsDownload(deps, 'xlsx'))
      scope.get('/papers', papersPage)
    },
    { prefix: '/:slug' },
  )
}
