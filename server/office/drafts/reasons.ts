import type { FastifyReply, FastifyRequest } from 'fastify'
import { giveReason } from '../../../db/queries/drafts/change-reasons.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { textProblem, typedText } from '../../rules/typed.ts'
import { actBy } from '../consultations/act.ts'
import { roundsToMap, showMapping } from './mapping.ts'
import { checkSeen, mappingAddress, unlessRefused } from './mapping-acts.ts'

/** POST /office/:slug/rounds/:round/reasons/:clause: why the draft changes, adds or drops a clause. */
export function giveChangeReason(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const act = actBy(request, deps, 'drafter')
    const { round, before } = await roundsToMap(request, deps)
    checkSeen(request, round)
    const clause: unknown = Reflect.get(Object(request.params), 'clause')
    const known = [...round.units, ...before.units].find(({ key }) => key !== null && key === clause)
    if (!known?.key) throw notFound()
    const reason = typedText(request.body, 'reason')
    const problem = textProblem(reason, { name: '说明', most: 1000 })
    if (problem !== null)
      return showMapping(deps, request, reply, round, before, null, { clause: known.key, reason, problem })
    await unlessRefused(giveReason(deps.db, round, known.key, reason, act))
    return reply.redirect(`${mappingAddress(request, round)}#${known.key}`, 303)
  }
}
