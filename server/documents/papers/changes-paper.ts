import { currentRound } from '../../../db/queries/drafts/rounds.ts'
import { type RevisedWording, revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import { type Behind, behindWordings } from '../../../db/queries/wordings/wordings-behind.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { type Difference, differences } from '../../text/comparing/differences.ts'
import { everyLed } from '../../text/comparing/led-by.ts'
import type { Cell, TablePaper } from '../formats/cells.ts'
import { type PaperRequest, PaperUnavailable } from './paper-request.ts'

/** So many numbers of comments stand with a sentence; more are counted. */
const mostNumbers = 5

/**
 * 修改依据表: each sentence that was changed, as it was and as it is now, with why, and the concerns and comments that led
 * to it. What led to a clause as a whole stands in a row below its sentences.
 * @throws PaperUnavailable where no round is published
 */
export async function changesPaper({ db, consultation, places, now }: PaperRequest): Promise<TablePaper> {
  const [round, wordings] = await Promise.all([
    currentRound(db, consultation.id),
    revisedWordingsOf(db, consultation.id),
  ])
  if (!round) throw new PaperUnavailable('还没有公布征求意见稿。')
  const behind = await behindWordings(
    db,
    wordings.map(({ id }) => id),
  )
  const rows = round.units.flatMap(({ key, text, citation }) => {
    const wording = wordings.find(({ clause }) => clause === key)
    const led = wording && behind.get(wording.id)
    if (!wording || !led) return []
    const name = places.get(wording.clause)?.citation ?? citation
    return sentenceRows(text, wording, led).map((row) => [name, ...row])
  })
  return {
    title: '修改依据表',
    facts: [
      consultation.title,
      `截至 ${shanghaiMinute(now)}，修改 ${wordings.length} 条，逐句列出修改的依据和有关意见。`,
    ],
    columns: [
      { header: '序号', width: 8, centred: true },
      { header: '条款', width: 14, centred: true },
      { header: '原句', width: 38 },
      { header: '修改后', width: 38 },
      { header: '修改依据和理由', width: 30 },
      { header: '有关归并意见', width: 34 },
      { header: '有关意见', width: 22 },
    ],
    rows: rows.map((row, i): Cell[] => [i + 1, ...row]),
  }
}

function sentenceRows(before: string, { text, reason }: RevisedWording, behind: Behind): Cell[][] {
  const led = everyLed(before, differences(before, text), behind)
  return led.flatMap(({ pieces, comments, concerns }) => {
    if (!pieces && comments.length + concerns.length === 0) return []
    return [
      [
        pieces ? readAs(pieces, 'added') : '（以下意见促成本条修改）',
        pieces ? readAs(pieces, 'removed') || '（删去）' : null,
        reason || null,
        concerns.map(({ sentence }) => sentence).join('\n') || null,
        commentsText(comments),
      ],
    ]
  })
}

/** One side of a difference. @param without what only the other side has */
function readAs(pieces: Difference[], without: Difference['change']): string {
  return pieces.flatMap(({ change, text }) => (change === without ? [] : [text])).join('')
}

function commentsText(comments: { publicId: string }[]): string | null {
  if (comments.length === 0) return null
  const numbers = comments.slice(0, mostNumbers).map(({ publicId }) => publicId.slice(0, 8))
  return `${comments.length} 条：${numbers.join('、')}${comments.length > mostNumbers ? ' 等' : ''}`
}
