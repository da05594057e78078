import { correct } from '../../../db/queries/consultations/corrections.ts'
import { extend } from '../../../db/queries/consultations/extensions.ts'
import { addRound } from '../../../db/queries/drafts/round-drafts.ts'
import { currentRound, roundBefore } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { pointsOfConcern } from '../../../db/queries/points/listed-points.ts'
import { writeDraftText } from '../../../server/documents/drafts/draft-text.ts'
import { readPastedText } from '../../../server/documents/reading/read-document.ts'
import { carryOn } from '../../../server/office/drafts/carry-on.ts'
import { approvedWording } from '../../office/approved-wording.ts'
import { commentsIn, type Filling, first, idOf } from './filling.ts'

const clause = 'p3'

/** The text that is out gets a correction, a longer period, and a clause reworded, out of which the next draft is made. */
export async function actOnTheText(filling: Filling): Promise<void> {
  const { deps, consultation } = filling
  const { db, now } = deps
  const act = { staffId: idOf(filling, 'drafter'), now: now() }
  const round = await currentRound(db, consultation.id)
  const unit = round?.units.find(({ key }) => key === clause)
  if (!round || !unit) throw new Error('the demonstration has no such clause')

  const correction = {
    place: clause,
    name: unit.citation,
    before: unit.text,
    after: `${unit.text}。`,
    reason: '标点',
  }
  await correct(db, consultation, round, correction, act)
  const later = new Date(consultation.closesAt.getTime() + 7 * 24 * 60 * 60 * 1000)
  await extend(db, consultation, later, '应来信要求延长。', act)

  const text = `${unit.text.replace(/。$/, '')}，每年公布进展。`
  const { publicId } = first(await commentsIn(filling, 'published'))
  const wording = { round: 1, clause, text, reason: '采纳公众意见。', revision: 0 }
  const concern = first(await concernsOf(db, consultation.id))
  const point = first(await pointsOfConcern(db, concern.id, null, 1))
  const ticked = { comments: [publicId], points: point.id ? [point.id] : [], concerns: [concern.id] }
  const by = { drafter: act.staffId, approver: idOf(filling, 'approver'), now: now() }
  await approvedWording(db, consultation.id, wording, ticked, by)

  const draft = draftOf(round, round.units)
  const units = draft.units.map((one) => (one.key === clause ? { ...one, text } : one))
  const document = { ...readPastedText(writeDraftText({ ...draft, units })), fileName: '第二稿.docx' }
  const { keyed, mapped } = carryOn(await roundBefore(db, consultation.id, 2), document.draft)
  await addRound(db, consultation.id, 2, { ...document, draft: keyed }, mapped, act)
}
