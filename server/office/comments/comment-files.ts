import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { sendPaper } from '../papers/paper-files.ts'

/** GET /office/:slug/comments.csv and .xlsx: a paper of the comments, under the address that scripts know. */
export function commentFiles(app: FastifyInstance, deps: Dependencies): void {
  app.get('/comments.csv', (request, reply) => sendPaper(deps, request, reply, 'comments', 'csv'))

  app.get('/comments.xlsx', (request, reply) => sendPaper(deps, request, reply, 'comments', 'xlsx'))
}
