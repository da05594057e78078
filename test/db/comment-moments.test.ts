import { expect, test } from 'vitest'
import { withMoments } from '../../db/comment-moments.ts'

const now = new Date('2026-11-23T02:00:59.999Z')
const momentsAt = (moment: Date) => withMoments(Array(60).fill({}), moment).map((one) => one.moment.getTime())

test('a comment sent alone has the moment in which it came', () => {
  expect(withMoments([{ clause: 'p3' }], now)).toEqual([{ clause: 'p3', moment: now }])
})

test('comments sent together have moments apart, all in the hour before', () => {
  const moments = momentsAt(now)
  expect(new Set(moments).size).toBeGreaterThan(50)
  expect(new Set(moments.map((moment) => Math.floor(moment / 60_000))).size).toBeGreaterThan(10)
  expect(Math.max(...moments)).toBeLessThanOrEqual(now.getTime())
  expect(Math.min(...moments)).toBeGreaterThanOrEqual(now.getTime() - 60 * 60 * 1000)
})

test('none of them falls on the day before, in Shanghai', () => {
  const midnight = Date.parse('2026-11-22T16:00:00Z')
  for (const moment of momentsAt(new Date(midnight + 5000))) expect(moment).toBeGreaterThanOrEqual(midnight)
  expect(momentsAt(new Date(midnight))[0]).toBe(midnight)
})
