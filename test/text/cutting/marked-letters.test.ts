import { expect, test } from 'vitest'
import { clauseFinder } from '../../../server/text/cutting/clause-finder.ts'
import { cutsWith } from '../../../server/text/cutting/proposed-cuts.ts'
import { markedLetters, seedClauses } from './marked-letters.ts'
import { measured } from './measured.ts'

const finder = clauseFinder(seedClauses())
const letters = markedLetters().map(({ text, cuts }) => ({ marked: cuts, proposed: cutsWith(text, finder) }))

test('ninety letters are cut about where a person cuts them', () => {
  const { f1, clauses } = measured(letters)
  expect(f1).toBeGreaterThan(0.9)
  expect(clauses).toBeGreaterThan(0.77)
})
