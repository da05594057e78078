import { expect, test } from 'vitest'
import { percentOf, wordsAt } from '../../../server/rules/briefs/brief.ts'
import { concentrated, divided } from '../../../server/rules/briefs/clause-rankings.ts'
import { unusualNumbers } from '../../../server/rules/briefs/unusual-numbers.ts'

const comment = { version: 3, body: '🎵路要修，灯要亮。' }
const quotation = { comment: 'c', version: 3, length: 9, start: 5, end: 9 }

test('a quotation is read from the words of its version, and of no other, though they be as long', () => {
  expect(wordsAt(quotation, comment)).toBe('灯要亮。')
  expect(wordsAt(quotation, { ...comment, version: 4 })).toBeNull()
  expect(wordsAt(quotation, { ...comment, body: `${comment.body}！` })).toBeNull()
  expect(wordsAt({ ...quotation, end: 10 }, comment)).toBeNull()
  expect(wordsAt({ ...quotation, start: 9 }, comment)).toBeNull()
  expect(wordsAt({ ...quotation, start: -1 }, comment)).toBeNull()
  expect(wordsAt({ ...quotation, start: 5.5 }, comment)).toBeNull()
})

test('what is not all is not 100 %', () => {
  expect(percentOf(999, 1000)).toBe(99)
  expect(percentOf(3, 3)).toBe(100)
  expect(percentOf(0, 0)).toBe(0)
})

const voices = (clause: string, people: number, support: number, oppose: number) => ({
  ...{ clause, people, support, oppose, points: people },
})

test('clauses are ranked by the formulas that are printed: few who disagree do not come before many', () => {
  const clauses = [voices('p1', 4, 2, 2), voices('p2', 60, 30, 30), voices('p3', 90, 80, 1)]
  expect(concentrated(clauses, 100).map(({ clause, value }) => [clause, value])).toEqual([
    ['p3', 900],
    ['p2', 600],
    ['p1', 40],
  ])
  expect(divided(clauses).map(({ clause, value }) => [clause, value])).toEqual([
    ['p2', 857],
    ['p1', 286],
  ])
  expect(concentrated([], 0)).toEqual([])
})

test('an hour of twenty stands out where the middle hour has one or two, and so does a text of ten', () => {
  const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 10, 23, hour, minute))
  const usual = [1, 2, 3, 4, 5].map((hour) => at(hour))
  const many = Array.from({ length: 20 }, (_, minute) => at(9, minute))
  const texts = new Map([
    ['a', 9],
    ['b', 10],
  ])
  expect(unusualNumbers([...usual, ...many], texts)).toEqual({
    usual: 1,
    hours: [{ from: at(9).toISOString(), submissions: 20 }],
    texts: [{ campaign: 'b', people: 10 }],
  })
  expect(unusualNumbers(many.slice(1), new Map()).hours).toEqual([])
  expect(unusualNumbers([], new Map())).toEqual({ usual: 0, hours: [], texts: [] })
})
