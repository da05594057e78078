import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { saveRepairs } from '../../../db/queries/drafts/round-drafts.ts'
import type { RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import type { Dependencies } from '../../dependencies.ts'
import { typedText } from '../../rules/typed.ts'
import { type Draft, readDraft } from '../../text/outlining/outline.ts'
import { type Repair, repair, replay } from '../../text/repairing/repair.ts'
import { ImpossibleRepair } from '../../text/repairing/repair-units.ts'
import { changedMeanwhile, published } from '../conflicts.ts'
import { consultationOf } from '../consultation.ts'
import { actBy } from '../consultations/act.ts'
import { carryOn, confirmedOf } from './carry-on.ts'
import { showOutline } from './outline.ts'
import { placeAfter, readStep } from './repair-form.ts'
import { roundOf } from './round.ts'

/** POST /office/:slug/rounds/:round/repairs: one step more. */
export function repairRound(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const round = await asSeen(request, deps)
    try {
      const before = draftOf(round, round.units)
      const step = readStep(request.body, before)
      const after = repair(before, step)
      await save(request, deps, round, [...(round.repairs ?? []), step], after)
      return reply.redirect(`${address(request, round)}#u${placeAfter(step, after)}`, 303)
    } catch (error) {
      if (!(error instanceof ImpossibleRepair)) throw error
      return showOutline(request, reply, round, { open: openUnit(request.body), problem: error.message })
    }
  }
}

/** POST /office/:slug/rounds/:round/repairs/undo: the last step is forgotten. */
export function undoRepair(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const round = await asSeen(request, deps)
    const steps = round.repairs ?? []
    const last = steps.at(-1)
    if (!last) return reply.redirect(address(request, round), 303)
    const kept = steps.slice(0, -1)
    const draft = replay(readDraft(round.source), kept)
    await save(request, deps, round, kept, draft)
    return reply.redirect(`${address(request, round)}#u${placeAfter(last, draft)}`, 303)
  }
}

/** The round, if it is still a draft and still as the person saw it who sent the form. */
async function asSeen(request: FastifyRequest, deps: Dependencies): Promise<RoundWithUnits> {
  actBy(request, deps, 'drafter')
  const round = await roundOf(request, deps.db)
  if (round.publishedAt) throw published()
  if (typedText(request.body, 'version') !== String(round.version)) throw changedMeanwhile()
  return round
}

async function save(
  request: FastifyRequest,
  deps: Dependencies,
  round: RoundWithUnits,
  steps: Repair[],
  draft: Draft,
): Promise<void> {
  const { db } = deps
  const confirmed = await confirmedOf(db, round)
  const { keyed, mapped } = await carryOn(db, consultationOf(request).id, round.number, draft, confirmed)
  try {
    await saveRepairs(db, round, steps, keyed, mapped, actBy(request, deps, 'drafter'))
  } catch (error) {
    throw error instanceof Refused ? changedMeanwhile() : error
  }
}

function address(request: FastifyRequest, { number }: RoundWithUnits): string {
  return `/office/${consultationOf(request).slug}/rounds/${number}/outline`
}

function openUnit(form: unknown): number | null {
  const place = /-(\d{1,6})$/.exec(typedText(form, 'step'))?.[1]
  return place === undefined ? null : Number(place)
}
