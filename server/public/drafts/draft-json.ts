import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { type Scope, seenConsultation, seenKey, withRound } from '../scope.ts'

/** The draft for programs. */
export async function draftJson(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.get<{ Params: { slug: string } }>('/consultations/:slug/draft.json', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    return reply.keptPage(
      seenKey(seen, deps.now()),
      async () => JSON.stringify(asJson(await withRound(deps, seen))),
      'application/json; charset=utf-8',
    )
  })
}

/** Title, labels and texts joined are the document. */
function asJson({ consultation, round }: Scope) {
  return {
    consultation: consultation.slug,
    round: round.number,
    title: round.title,
    units: round.units.map(({ key, kind, level, label, citation, heading, text }) => {
      return { key, kind, level, label, citation, heading, text }
    }),
    artefacts: round.artefacts.map(({ text, reason }) => ({ text, reason })),
  }
}
