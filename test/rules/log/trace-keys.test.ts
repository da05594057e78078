import { expect, test } from 'vitest'
import { traceKeys } from '../../../server/rules/log/trace-keys.ts'

const step = (round: number, position: number, key: string, ...from: string[]) => ({
  round,
  position,
  key,
  from,
})

test('between two rounds a clause comes from what its mapping says', () => {
  const steps = [step(2, 0, 'p1', 'p1'), step(2, 2, 'r2p2')]
  expect(traceKeys(steps)).toEqual(
    new Map([
      [0, ['p1']],
      [2, []],
    ]),
  )
})

test('over several rounds it is followed through each: split, then merged, then moved', () => {
  const steps = [
    step(2, 0, 'p1', 'p1'),
    step(2, 1, 'r2p2', 'p1'),
    step(2, 2, 'p2', 'p2'),
    step(3, 0, 'p2', 'p2', 'r2p2'),
    step(3, 1, 'r3p2'),
    step(4, 5, 'p2', 'p2'),
  ]
  expect(traceKeys(steps)).toEqual(new Map([[5, ['p2', 'p1']]]))
})
