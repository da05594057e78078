import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '../../db/database.ts'
import { lately, rightFor } from '../../db/lately.ts'

let lastChange = Number.NEGATIVE_INFINITY
const node = () => ({ lastChange: () => lastChange }) as Database
let asked = 0
const numbered = lately(async (_db, key) => `${key} ${++asked}`)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  asked = 0
  lastChange = Number.NEGATIVE_INFINITY
})
afterEach(() => {
  vi.useRealTimers()
})

test('what was read is given again for a tenth of a second, and then read anew', async () => {
  const db = node()
  expect([await numbered(db, 'a'), await numbered(db, 'b')]).toEqual(['a 1', 'b 2'])
  vi.advanceTimersByTime(rightFor)
  expect(await numbered(db, 'a')).toBe('a 1')
  vi.advanceTimersByTime(1)
  expect(await numbered(db, 'a')).toBe('a 3')
})

test('a change of this node has it read anew at once, and another database knows nothing of it', async () => {
  const db = node()
  await numbered(db, 'a')
  lastChange = performance.now()
  expect(await numbered(db, 'a')).toBe('a 2')
  expect(await numbered(node(), 'a')).toBe('a 3')
})
