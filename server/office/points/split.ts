import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { type OfSplit, splitAsked } from './asked-split.ts'
import { type SplitPage, splitPage } from './split-page.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/points/split': SplitPage
  }
}

/** GET /office/:slug/splits/:comment: a comment with its points in the margin, and what is proposed for the rest of it. */
export function split(app: FastifyInstance, deps: Dependencies): void {
  app.get<OfSplit>('/splits/:comment', async (request, reply) =>
    reply.page('office/points/split', await splitPage(deps, request, await splitAsked(deps, request))),
  )
}
