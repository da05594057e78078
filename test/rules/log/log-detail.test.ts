import { expect, test } from 'vitest'
import { detailInWords } from '../../../server/rules/log/log-detail.ts'

const names = new Map([
  ['off_topic', '非本草案事项'],
  ['0198', '审核员乙'],
  ['0199', '4f1c'],
])

test.each([
  [
    {
      from: 'pending',
      to: 'refused',
      review: 2,
      reason: 'off_topic',
      transferred: true,
      agreedWith: null,
      spans: [],
    },
    '待审 → 不纳入；审核轮次 2；理由 非本草案事项；已转办',
  ],
  [{ channel: 'letter', comments: 3, late: false }, '来源 来信；意见 3'],
  [
    { spans: ['body:3-14 mobile hidden', 'body:20-22 name shown'] },
    '标记 意见 3-14 手机号 隐去，意见 20-22 姓名 不隐去',
  ],
  [{ from: 'p7', relation: 'split' }, 'from p7；relation split'],
  [{ nested: { a: 1 }, constructor: 'x' }, 'nested {"a":1}；constructor x'],
  [{ spans: ['something else'], reason: 'gone' }, '标记 something else；理由 gone'],
  [{ commentId: '0199', comments: ['0199', 'x'] }, '意见 4f1c；意见 4f1c，x'],
  [{ agreedWith: '0198', factor: 'recovery_code' }, '同意 审核员乙；验证方式 恢复码'],
  [{}, ''],
])('%j', (detail, said) => {
  expect(detailInWords(detail, names)).toBe(said)
})
