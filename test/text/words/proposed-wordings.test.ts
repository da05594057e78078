import { expect, test } from 'vitest'
import { editsOf, merged } from '../../../server/text/comparing/merging.ts'
import { mayPropose, proposedWordings } from '../../../server/text/words/proposed-wordings.ts'

const amend = (exact: string | null, wording: string) => ({
  ...{ proposal: 'amend', wording },
  quote: exact === null ? null : { exact },
})

test('the wordings that a sentence proposes are found as it means them', () => {
  for (const [said, proposed] of [
    ['建议将第八条中的“一处”修改为“两处以上”。', [amend('一处', '两处以上')]],
    ['把「应当」改成「可以」', [amend('应当', '可以')]],
    ['"应当"一词改为"可以"', [amend('应当', '可以')]],
    [
      '建议在“养老服务”后增加“、托育服务”。',
      [{ ...amend('养老服务', '、托育服务'), proposal: 'insert_after' }],
    ],
    ['在“老年人”之前加上“失能”二字。', [amend('老年人', '失能老年人')]],
    ['建议删除“原则上”。', [{ proposal: 'delete', wording: null, quote: { exact: '原则上' } }]],
    ['“原则上”三个字应当删去', [{ proposal: 'delete', wording: null, quote: { exact: '原则上' } }]],
    ['本条建议修改为：每个社区至少建设两处养老服务站。', [amend(null, '每个社区至少建设两处养老服务站。')]],
    ['建议增加一句“每年公布进展。”', [{ ...amend(null, '每年公布进展。'), proposal: 'insert_after' }]],
    ['将“甲”改为“乙”，并将“丙”改为“丁”。', [amend('甲', '乙'), amend('丙', '丁')]],
    ['希望增加养老服务站。', []],
    ['“一处”太少了，建议增加。', []],
  ] as const)
    expect(proposedWordings(said), said).toEqual(proposed)
})

test('a text in which nothing may be proposed is not looked into', () => {
  expect(mayPropose('将“一处”改为“两处”')).toBe(true)
  expect(mayPropose('“一处”太少了')).toBe(false)
  expect(mayPropose('请增加一处')).toBe(false)
})

test('what two sentences propose for one clause is put into it', () => {
  const clause = '每个社区原则上至少建设一处养老服务站。'
  const wanted = ['将“一处”改为“两处”', '删除“原则上”'].map((said, i) => ({
    id: `w${i}`,
    edits: proposedWordings(said).flatMap((one) => editsOf(clause, one)),
  }))
  expect(merged(clause, wanted).text).toBe('每个社区至少建设两处养老服务站。')
})

test('a long text of quotation marks is read in time', () => {
  expect(proposedWordings('“改为'.repeat(20_000))).toEqual([])
  expect(proposedWordings(`改为${'“一”'.repeat(20_000)}`).length).toBeGreaterThan(0)
})
