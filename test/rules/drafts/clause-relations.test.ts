import { expect, test } from 'vitest'
import { lastingKeys } from '../../../server/rules/drafts/clause-relations.ts'

const clauses = (count: number) => Array.from({ length: count }, () => ({ key: 'p?' as string | null }))
const keys = (units: { key: string | null }[]) => units.map(({ key }) => key)

test('a clause keeps its key when it moves, and a new one says in which round it came', () => {
  const from = new Map([
    [0, ['p2']],
    [1, []],
    [2, ['p1']],
  ])
  expect(keys(lastingKeys(clauses(3), 2, from))).toEqual(['p2', 'r2p2', 'p1'])
})

test('of two parts of a split clause the first keeps the key; merged clauses keep the likest', () => {
  const from = new Map([
    [0, ['p1']],
    [1, ['p1']],
    [2, ['p3', 'p2']],
  ])
  expect(keys(lastingKeys(clauses(3), 2, from))).toEqual(['p1', 'r2p2', 'p3'])
})

test('headings have no key and no place', () => {
  const units = [{ key: null }, ...clauses(1), { key: null }, ...clauses(1)]
  expect(keys(lastingKeys(units, 3, new Map()))).toEqual([null, 'r3p1', null, 'r3p2'])
})

test('keys stay unique whatever the mapping says', () => {
  const from = new Map([0, 1, 2, 3].map((position) => [position, ['p1', 'p2']]))
  expect(keys(lastingKeys(clauses(4), 2, from))).toEqual(['p1', 'p2', 'r2p3', 'r2p4'])
})
