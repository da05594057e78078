import type { FastifyInstance, FastifyRequest } from 'fastify'
import { changeMapping, confirmMappings, roundMappings } from '../../../db/queries/drafts/mappings.ts'
import type { RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { changedMeanwhile, notFound } from '../../plugins/page-error.ts'
import { lastingKeys } from '../../rules/drafts/clause-relations.ts'
import { mappingForm } from '../../rules/drafts/mapping-form.ts'
import { typedText } from '../../rules/typed.ts'
import { published } from '../conflicts.ts'
import { actBy } from '../consultation.ts'
import { roundsToMap, showMapping } from './mapping.ts'
import type { OfRound } from './round.ts'

interface OfClause {
  Params: OfRound['Params'] & { position: string }
}

/**
 * POST /office/:slug/rounds/:round/mapping/:position: where one clause comes from, as a person sees it; …/mapping: all that
 * is only proposed yet is right.
 */
export function mappingActs(app: FastifyInstance, deps: Dependencies): void {
  app.post<OfClause>('/rounds/:round/mapping/:position', async (request, reply) => {
    const act = actBy(request, deps, 'drafter')
    const { round, before } = await roundsToMap(request, deps)
    checkSeen(request, round)
    const position = positionIn(round, request.params.position)
    const known = new Map(before.units.flatMap(({ key, text }) => (key === null ? [] : [[key, text]])))
    const { typed, values, errors } = mappingForm(known, round.units[position]?.text ?? '').sent(request.body)
    if (!values)
      return showMapping(deps, request, reply, round, before, { at: String(position), typed, errors })
    const keys = await changedKeys(deps, round, position, values.from)
    await changeMapping(deps.db, round, { position, ...values }, keys, act)
    return reply.redirect(`${mappingAddress(request, round)}#u${position}`, 303)
  })

  app.post<OfRound>('/rounds/:round/mapping', async (request, reply) => {
    const act = actBy(request, deps, 'drafter')
    const { round } = await roundsToMap(request, deps)
    checkSeen(request, round)
    await confirmMappings(deps.db, round, act)
    return reply.redirect(`/office/${request.consultation.slug}/publication`, 303)
  })
}

/** @throws PageError 409 where the round is published, or is not as the person saw it who sent the form */
export function checkSeen(request: FastifyRequest, round: RoundWithUnits): void {
  if (round.publishedAt) throw published()
  if (typedText(request.body, 'version') !== String(round.version)) throw changedMeanwhile()
}

function positionIn({ units }: RoundWithUnits, asked: string): number {
  const position = /^\d{1,6}$/.test(asked) ? Number(asked) : null
  if (position === null || !units[position]?.key) throw notFound()
  return position
}

/** The units whose lasting key becomes another when one clause comes from elsewhere. */
async function changedKeys({ db }: Dependencies, round: RoundWithUnits, position: number, from: string[]) {
  const mappings = await roundMappings(db, round.id)
  const sources = new Map(mappings.map((mapping) => [mapping.position, mapping.from]))
  const keyed = lastingKeys(round.units, round.number, sources.set(position, from))
  return keyed.filter(({ key }, place) => key !== round.units[place]?.key).map(({ id, key }) => ({ id, key }))
}

export function mappingAddress(request: FastifyRequest, { number }: RoundWithUnits): string {
  return `/office/${request.consultation.slug}/rounds/${number}/mapping`
}
