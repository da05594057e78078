import { currentRound } from '../../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../../db/queries/drafts/units.ts'
import { revisedWordingsOf } from '../../../../db/queries/wordings/revised-wordings.ts'
import { writeDraftDocx } from '../../drafts/draft-docx.ts'
import { type PaperRequest, PaperUnavailable } from '../paper-request.ts'

/**
 * 决策草案: the newest round with the office's revised wordings in it.
 * @throws PaperUnavailable where no round is published
 */
export async function submittedDraft({ db, consultation }: PaperRequest): Promise<Buffer> {
  const [round, wordings] = await Promise.all([
    currentRound(db, consultation.id),
    revisedWordingsOf(db, consultation.id),
  ])
  if (!round) throw new PaperUnavailable('还没有公布征求意见稿。')
  const revised = new Map(wordings.map(({ clause, text }) => [clause, text]))
  const { title, units } = draftOf(round, round.units)
  return writeDraftDocx({
    title: title.replace('（征求意见稿）', '（送审稿）'),
    units: units.map((unit) => {
      const text = unit.key === null ? undefined : revised.get(unit.key)
      if (text === undefined) return unit
      const { table: _, ...rest } = unit
      const heading = unit.heading !== null && text.startsWith(unit.heading) ? unit.heading : null
      return { ...rest, text, heading }
    }),
  })
}
