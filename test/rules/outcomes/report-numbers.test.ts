import { expect, test } from 'vitest'
import { wrongNumbers } from '../../../server/rules/outcomes/report-numbers.ts'

const counts = {
  received: 412,
  submissions: 255,
  people: 267,
  late: 3,
  admitted: 369,
  states: { published: 298, withheld: 71, refused: 12, pending: 23, withdrawn: 8 },
  channels: { web: 400, letter: 12 },
  outcomes: { adopted: 100, partly_adopted: 14, not_adopted: 200, explained: 55 },
  endorsements: 1024,
}
const right =
  '共收到意见 412 条（255 件，267 人次），其中网上 400 条、来信 12 条、电话 0 条，其中截止之后收到的逾期意见 3 条。公开 298 条，不公开 71 条。' +
  '另有附议 1024 人次。纳入研究 369 条：采纳 100 条，部分采纳 14 条，未采纳 200 条，已作说明 55 条。自 2026 年 11 月 1 日起 30 日。'

test('a report whose numbers are those of the data is right, dates and all', () => {
  expect(wrongNumbers(right, counts)).toEqual([])
})

test.each([
  ['收到意见 412 条', '收到意见 411 条', 412],
  ['逾期意见 3 条', '逾期意见 4 条', 3],
  ['255 件', '256 件', 255],
  ['267 人次', '268 人次', 267],
  ['附议 1024 人次', '附议 267 人次', 1024],
  ['部分采纳 14 条', '部分采纳 100 条', 14],
  ['未采纳 200 条', '未采纳 100 条', 200],
  ['来信 12 条', '来信 13 条', 12],
  ['不公开 71 条', '不公开 298 条', 71],
])('%s written as %s is found', (said, wrong, actual) => {
  expect(wrongNumbers(right.replace(said, wrong), counts)).toEqual([{ said: wrong, actual }])
})
