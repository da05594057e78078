import { randomInt } from 'node:crypto'
import { text, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** What can be done with many answers at once. */
export const bulkActNames = { approve: '批准', return: '退回' } as const
export type BulkAct = keyof typeof bulkActNames

/** As many answers as one bulk may hold. */
export const largestBulk = 1000
/** Of more than these the number is typed, and twice as many are shown. */
const manyAnswers = 200
const [fewShown, moreShown] = [10, 20]

/** Why an answer of a bulk was left as it is. */
export const skipReasons = {
  own: '由您自己送审，要由另一位审批人员批准',
  approved: '已经批准',
  draft: '已经退回，或者还没有送审',
  changed: '您核对以后又重新送审，请另外看过再办',
  gone: '已经删除',
} as const
export type WhySkipped = keyof typeof skipReasons

/** Why an answer cannot be approved or returned by this person now; null where it can. */
export function whySkipped(
  answer: { state: string; draftedBy: string } | undefined,
  act: BulkAct,
  staffId: string,
): WhySkipped | null {
  if (!answer || answer.state === 'dropped') return 'gone'
  if (answer.state === 'approved' || answer.state === 'draft') return answer.state
  return act === 'approve' && answer.draftedBy === staffId ? 'own' : null
}

/** What an approver sees before many answers are approved or returned: each 未采纳, and some of the others by chance. */
export function shownBefore<Answer extends { outcome: string }>(
  answers: readonly Answer[],
): { notAdopted: Answer[]; drawn: Answer[]; others: number } {
  const notAdopted = answers.filter(({ outcome }) => outcome === 'not_adopted')
  const others = answers.filter(({ outcome }) => outcome !== 'not_adopted')
  const most = mustBeTyped(answers.length) ? moreShown : fewShown
  return { notAdopted, drawn: draw(others, most), others: others.length }
}

/** Whether so many are done only once their number has been typed. */
export function mustBeTyped(count: number): boolean {
  return count > manyAnswers
}

/** What confirms a bulk of so many answers. */
export const bulkForm = (act: BulkAct, count: number) =>
  form(
    {
      note: act === 'return' ? text({ name: '退回意见', most: 1000 }) : unjudged(),
      number: unjudged(),
    },
    ({ number }) => [
      [
        'number',
        mustBeTyped(count) && number.normalize('NFKC') !== String(count)
          ? `请输入份数 ${count}，确认您知道一次办多少份`
          : null,
      ],
    ],
  )
export type TypedBulk = TypedIn<ReturnType<typeof bulkForm>>

/** So many by chance, in the order in which they stood. */
function draw<One>(all: readonly One[], most: number): One[] {
  const places = all.map((_, place) => place)
  for (let place = 0; place < Math.min(most, places.length); place++) {
    const other = randomInt(place, places.length)
    ;[places[place], places[other]] = [places[other] as number, places[place] as number]
  }
  const drawn = new Set(places.slice(0, most))
  return all.filter((_, place) => drawn.has(place))
}
