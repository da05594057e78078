import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act } from '../../../db/act.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { saveRepairs } from '../../../db/queries/drafts/round-drafts.ts'
import { type RoundWithUnits, roundBefore } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import type { Dependencies } from '../../dependencies.ts'
import { changedMeanwhile } from '../../plugins/page-error.ts'
import { typedText } from '../../rules/typed.ts'
import { type Draft, readDraft } from '../../text/outlining/outline.ts'
import { type Repair, repair, replay } from '../../text/repairing/repair.ts'
import { ImpossibleRepair } from '../../text/repairing/repair-units.ts'
import { published } from '../conflicts.ts'
import { actBy } from '../consultation.ts'
import { carryOn, confirmedOf } from './carry-on.ts'
import { showOutline } from './outline.ts'
import { placeAfter, readStep } from './repair-form.ts'
import { type OfRound, roundOf } from './round.ts'

/** POST /office/:slug/rounds/:round/repairs: one step more; …/undo: the last step is forgotten. */
export function repairs(app: FastifyInstance, deps: Dependencies): void {
  app.post<OfRound>('/rounds/:round/repairs', async (request, reply) => {
    const act = actBy(request, deps, 'drafter')
    const round = await asSeen(request, deps)
    try {
      const before = draftOf(round, round.units)
      const step = readStep(request.body, before)
      const after = repair(before, step)
      await save(deps, request.consultation, round, [...(round.repairs ?? []), step], after, act)
      return reply.redirect(addressAfter(request.consultation, round, step, after), 303)
    } catch (error) {
      if (!(error instanceof ImpossibleRepair)) throw error
      return showOutline(request, reply, round, openUnit(request.body), error.message)
    }
  })

  app.post<OfRound>('/rounds/:round/repairs/undo', async (request, reply) => {
    const act = actBy(request, deps, 'drafter')
    const round = await asSeen(request, deps)
    const steps = round.repairs ?? []
    const last = steps.at(-1)
    if (!last) return reply.redirect(addressOf(request.consultation, round), 303)
    const kept = steps.slice(0, -1)
    const draft = replay(readDraft(round.source), kept)
    await save(deps, request.consultation, round, kept, draft, act)
    return reply.redirect(addressAfter(request.consultation, round, last, draft), 303)
  })
}

/** The round, if it is still a draft and still as the person saw it who sent the form. */
async function asSeen(request: FastifyRequest<OfRound>, { db }: Dependencies): Promise<RoundWithUnits> {
  const round = await roundOf(request, db)
  if (round.publishedAt) throw published()
  if (typedText(request.body, 'version') !== String(round.version)) throw changedMeanwhile()
  return round
}

async function save(
  { db }: Dependencies,
  { id }: Consultation,
  round: RoundWithUnits,
  steps: Repair[],
  draft: Draft,
  act: Act,
): Promise<void> {
  const [confirmed, before] = await Promise.all([confirmedOf(db, round), roundBefore(db, id, round.number)])
  const { keyed, mapped } = carryOn(before, draft, confirmed)
  await saveRepairs(db, round, steps, keyed, mapped, act)
}

function addressOf({ slug }: Consultation, { number }: RoundWithUnits): string {
  return `/office/${slug}/rounds/${number}/outline`
}

function addressAfter(consultation: Consultation, round: RoundWithUnits, step: Repair, draft: Draft): string {
  return `${addressOf(consultation, round)}#u${placeAfter(step, draft)}`
}

function openUnit(form: unknown): number | null {
  const place = /-(\d{1,6})$/.exec(typedText(form, 'step'))?.[1]
  return place === undefined ? null : Number(place)
}
