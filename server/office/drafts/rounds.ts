import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { addRound } from '../../../db/queries/drafts/round-drafts.ts'
import { currentRound, type RoundWithUnits, roundsOf } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import { type RevisedWording, revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import type { Dependencies } from '../../dependencies.ts'
import { writeDraftText } from '../../documents/drafts/draft-text.ts'
import { readPastedText } from '../../documents/reading/read-document.ts'
import type { Draft } from '../../text/outlining/outline.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'
import { carryOn } from './carry-on.ts'

/** POST /office/:slug/rounds: the text that is out with the office's revised wordings becomes the next round's draft. */
export function rounds(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post('/rounds', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'drafter')
    const [current, wordings] = await Promise.all([
      startFrom(deps, consultation),
      revisedWordingsOf(db, consultation.id),
    ])
    if (wordings.length === 0) throw notNow('还没有修改稿。请先在条款页修改条款，再形成下一稿。')
    const number = current.number + 1
    const text = writeDraftText(revised(draftOf(current, current.units), wordings))
    const document = { ...readPastedText(text), fileName: null }
    const { keyed, mapped } = carryOn(current, document.draft, reworded(wordings))
    await addRound(db, consultation.id, number, { ...document, draft: keyed }, mapped, act)
    return reply.redirect(`/office/${consultation.slug}/rounds/${number}/outline`, 303)
  })
}

/** @throws PageError 409 where a round waits to be published, or the outcome is out */
async function startFrom({ db }: Dependencies, { id, outcomeAt }: Consultation): Promise<RoundWithUnits> {
  if (outcomeAt) throw notNow('结果已经公布，不能再形成新的稿件。')
  const [current, rounds] = await Promise.all([currentRound(db, id), roundsOf(db, id)])
  if (!current || rounds.some(({ publishedAt }) => publishedAt === null)) {
    throw notNow('还有一稿没有公布。请先公布它，或者在它的目录页继续修改。')
  }
  return current
}

function revised(draft: Draft, wordings: RevisedWording[]): Draft {
  const texts = new Map(wordings.map(({ clause, text }) => [clause, text]))
  return {
    ...draft,
    units: draft.units.map((unit) => ({ ...unit, text: texts.get(unit.key ?? '') ?? unit.text })),
  }
}

/** Which clause a new wording is of needs no guessing; a person still confirms it. */
function reworded(wordings: RevisedWording[]) {
  return new Map(
    wordings.map(({ clause, text }) => [text, { relation: 'reworded', from: [clause], staffId: null }]),
  )
}
