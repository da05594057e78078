import { expect, test } from 'vitest'
import {
  factsForm,
  factsOf,
  givenFacts,
  type TypedFacts,
} from '../../../server/rules/consultations/facts-form.ts'

const none = new Map()
const form = factsForm(none)
const typed: TypedFacts = {
  title: '某省促进中小企业发展规定（征求意见稿）',
  organ: '某省司法厅',
  document_type: 'regulation',
  opens_on: '2026-11-23',
  closes_on: '2026-12-23',
  short_period_reason: '',
  publication_policy: 'after_closing',
  explanation: '为了……',
  remove_explanation_file: false,
}
const problems = (change: Partial<TypedFacts>) => form.errors({ ...typed, ...change })
const kept = (change: Partial<TypedFacts>) => {
  const { values } = form.read({ ...typed, ...change })
  return values && factsOf(values, none)
}

test('what is kept fills the form as it was typed', () => {
  const facts = kept({})
  expect(facts && givenFacts(facts)).toEqual(typed)
})

test('a shorter period is refused without its reason, and the earliest day is told', () => {
  expect(problems({ closes_on: '2026-12-22' })).toEqual([
    {
      field: 'short_period_reason',
      message: '这类文件一般不少于30日，最早 2026-12-23 截止。要提前截止，请写明理由，理由会向社会公布',
    },
  ])
  expect(problems({ closes_on: '2026-12-22', short_period_reason: '防汛应急' })).toEqual([])
})

test('a reason that the period does not need is dropped', () => {
  expect(kept({ short_period_reason: '防汛应急' })).toMatchObject({ shortPeriodReason: null })
})

test('each field says what to do', () => {
  expect(problems({ title: '' })).toEqual([{ field: 'title', message: '请填写标题' }])
  expect(problems({ organ: '厅'.repeat(101) })[0]?.message).toBe(
    '征求意见的单位最多 100 个字，现在是 101 个字',
  )
  expect(problems({ document_type: 'poem' })[0]?.message).toBe('请选择文件类型')
  expect(problems({ opens_on: '2026-02-30' })[0]?.message).toBe('请填写开始日期，例如 2026-11-23')
  expect(problems({ closes_on: '2026-11-23' })[0]?.message).toBe('截止日期要晚于开始日期')
  expect(problems({ closes_on: '2028-11-23' })[0]?.message).toBe('截止日期太远，最长一年')
  expect(problems({ publication_policy: '' })[0]?.message).toBe('请选择意见何时公开')
})

test.each(['标题\0', '\uD800'])('a text that no database keeps is refused: %j', (title) => {
  expect(problems({ title })[0]?.message).toMatch(/^标题里有无法保存的字符/)
})

test.each([null, 'text', 7, [], { title: ['a'], organ: { a: 1 }, opens_on: 5 }])(
  'whatever comes is read: %j',
  (sent) => {
    expect(form.typed(sent)).toEqual({
      title: '',
      organ: '',
      document_type: '',
      opens_on: '',
      closes_on: '',
      short_period_reason: '',
      publication_policy: '',
      explanation: '',
      remove_explanation_file: false,
    })
  },
)
