import { expect, test } from 'vitest'
import { reconcile } from '../../../server/rules/comments/equation.ts'

const cells = [
  { state: 'published', count: 3 },
  { state: 'pending', count: 2 },
  { state: 'published', count: 1 },
]

test('the parts by state add up to what was received', () => {
  const equation = reconcile(6, cells)
  expect(equation.holds).toBe(true)
  expect(equation.terms.map(({ name, count }) => `${name} ${count}`)).toEqual([
    '公开 4',
    '不公开 0',
    '不纳入 0',
    '待审 2',
    '撤回 0',
  ])
})

test('one lost, or one in a state that the equation does not know, and it does not hold', () => {
  expect(reconcile(7, cells).holds).toBe(false)
  expect(reconcile(7, [...cells, { state: 'lost', count: 1 }]).holds).toBe(false)
})
