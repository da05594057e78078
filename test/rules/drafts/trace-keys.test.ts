import { expect, test } from 'vitest'
import { traceKeys } from '../../../server/rules/drafts/trace-keys.ts'

const carried = (round: number, position: number, key: string, ...from: string[]) => ({
  round,
  position,
  key,
  from,
})

test('between two rounds a clause comes from what its mapping says', () => {
  const clauses = [carried(2, 0, 'p1', 'p1'), carried(2, 2, 'r2p2')]
  expect(traceKeys(clauses)).toEqual(
    new Map([
      [0, ['p1']],
      [2, []],
    ]),
  )
})

test('over several rounds it is followed through each: split, then merged, then moved', () => {
  const clauses = [
    carried(2, 0, 'p1', 'p1'),
    carried(2, 1, 'r2p2', 'p1'),
    carried(2, 2, 'p2', 'p2'),
    carried(3, 0, 'p2', 'p2', 'r2p2'),
    carried(3, 1, 'r3p2'),
    carried(4, 5, 'p2', 'p2'),
  ]
  expect(traceKeys(clauses)).toEqual(new Map([[5, ['p2', 'p1']]]))
})
