import { expect, test } from 'vitest'
import { detailInWords } from '../../server/rules/log-detail.ts'

test.each([
  [
    {
      from: 'pending',
      to: 'refused',
      review: 2,
      reason: 'off_topic',
      transferred: true,
      agreedBy: null,
      spans: [],
    },
    '待审 → 不纳入；审核轮次 2；理由 off_topic；已转办',
  ],
  [{ channel: 'letter', comments: 3, late: false }, '来源 来信；意见 3'],
  [
    { spans: ['body:3-14 mobile hidden', 'body:20-22 name shown'] },
    '标记 body:3-14 mobile hidden，body:20-22 name shown',
  ],
  [{ from: 'p7', relation: 'split' }, 'from p7；relation split'],
  [{ nested: { a: 1 }, constructor: 'x' }, 'nested {"a":1}；constructor x'],
  [{}, ''],
])('%j', (detail, said) => {
  expect(detailInWords(detail)).toBe(said)
})
