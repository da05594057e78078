import { expect, test } from 'vitest'
import { withMoments } from '../../db/comment-moments.ts'

const now = new Date('2026-11-23T02:00:59.999Z')

test('a comment sent alone has the moment in which it came', () => {
  expect(withMoments([{ clause: 'p3' }], now)).toEqual([{ clause: 'p3', moment: now }])
})

test('comments sent together have moments apart, all in the minute in which they came', () => {
  const moments = withMoments(Array(60).fill({}), now).map(({ moment }) => moment.getTime())
  expect(new Set(moments).size).toBeGreaterThan(50)
  for (const moment of moments) {
    expect(new Date(moment).toISOString().slice(0, 16)).toBe('2026-11-23T02:00')
  }
})
