import { currentRound } from '../../../db/queries/drafts/rounds.ts'
import { revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { compareRounds } from './comparison.ts'
import { writeComparisonDocx } from './comparison-docx.ts'
import { type PaperRequest, PaperUnavailable } from './paper-request.ts'

/**
 * 修改对照表 of the clauses that the office has reworded, their differences marked word by word.
 * @throws PaperUnavailable where no round is published
 */
export async function wordingsDocx({ db, consultation, now }: PaperRequest): Promise<Buffer> {
  const [round, wordings] = await Promise.all([
    currentRound(db, consultation.id),
    revisedWordingsOf(db, consultation.id),
  ])
  if (!round) throw new PaperUnavailable('还没有公布征求意见稿。')
  const revised = new Map(wordings.map((wording) => [wording.clause, wording]))
  const before = round.units.filter(({ key }) => key !== null && revised.has(key))
  const after = before.map((unit) => ({ ...unit, text: revised.get(unit.key ?? '')?.text ?? unit.text }))
  const sources = new Map(after.map(({ key }, position) => [position, key === null ? [] : [key]]))
  const reasons = new Map(wordings.flatMap(({ clause, reason }) => (reason ? [[clause, reason]] : [])))
  const about = `${consultation.title}　截至 ${shanghaiMinute(now)}，共修改 ${before.length} 条。`
  return writeComparisonDocx(about, compareRounds(before, after, sources, new Map(), reasons))
}
