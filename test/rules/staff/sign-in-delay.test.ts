import { expect, test } from 'vitest'
import { signInDelay } from '../../../server/rules/staff/sign-in-delay.ts'

test('five failures are free, then each costs twice as much, and never more than eight seconds', () => {
  expect([0, 4, 5, 6, 7, 8, 9, 1000].map(signInDelay)).toEqual([0, 0, 1000, 2000, 4000, 8000, 8000, 8000])
})
