import type { FastifyInstance } from 'fastify'
import { giveReason } from '../../../db/queries/drafts/change-reasons.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { reasonForm } from '../../rules/drafts/reason-form.ts'
import { actBy } from '../consultation.ts'
import { roundsToMap, showMapping } from './mapping.ts'
import { checkSeen, mappingAddress } from './mapping-acts.ts'
import type { OfRound } from './round.ts'

interface OfClause {
  Params: OfRound['Params'] & { clause: string }
}

/** POST /office/:slug/rounds/:round/reasons/:clause: why the draft changes, adds or drops a clause. */
export function reasons(app: FastifyInstance, deps: Dependencies): void {
  app.post<OfClause>('/rounds/:round/reasons/:clause', async (request, reply) => {
    const act = actBy(request, deps, 'drafter')
    const { round, before } = await roundsToMap(request, deps)
    checkSeen(request, round)
    const clause = [...round.units, ...before.units].find(({ key }) => key === request.params.clause)?.key
    if (!clause) throw notFound()
    const { typed, values, errors } = reasonForm.sent(request.body)
    if (!values) return showMapping(deps, request, reply, round, before, { at: clause, typed, errors })
    await giveReason(deps.db, round, clause, values.reason, act)
    return reply.redirect(`${mappingAddress(request, round)}#${clause}`, 303)
  })
}
