import { expect, test } from 'vitest'
import { clauseFinder } from '../../../server/text/cutting/clause-finder.ts'
import { cutsWith } from '../../../server/text/cutting/proposed-cuts.ts'
import { letterGroups, seedClauses } from './marked-letters.ts'
import { measured, nearest } from './measured.ts'

const finder = clauseFinder(seedClauses())
const groups = letterGroups()

/** `npm run bench -- letters` prints the figures, and what is not found; docs/points.md says what they mean. */
test.each([
  ['before', { letters: 91, f1: 0.96, clauses: 0.83, clausePrecision: 0.88, courtesyPrecision: 0.96 }],
  ['between', { letters: 17, f1: 0.84, clauses: 0.66, clausePrecision: 0.76, courtesyPrecision: 0.9 }],
  ['after', { letters: 10, f1: 0.96, clauses: 0.72, clausePrecision: 0.86, courtesyPrecision: 0.99 }],
] as const)('letters marked %s the rules are cut no worse than they were', (group, least) => {
  const letters = groups[group].map((letter) => ({ ...letter, proposed: cutsWith(letter.text, finder) }))
  const found = measured(letters)
  expect(letters.length).toBe(least.letters)
  expect(found.f1).toBeGreaterThan(least.f1)
  expect(found.clauses).toBeGreaterThan(least.clauses)
  expect(found.clausePrecision).toBeGreaterThan(least.clausePrecision)
  expect(found.courtesyPrecision).toBeGreaterThan(least.courtesyPrecision)
})

test('no letter that approves of something is told to ask for nothing', () => {
  const approving = Object.values(groups)
    .flat()
    .flatMap(({ text }) =>
      cutsWith(text, finder).map(({ start, end, kind }) => ({
        kind,
        text: [...text].slice(start, end).join(''),
      })),
    )
    .filter(({ text }) => text.includes('赞成'))
  expect(approving.length).toBeGreaterThan(10)
  expect(approving.filter(({ kind }) => kind !== 'point')).toEqual([])
})

test('no point that a person marked is told to ask for nothing', () => {
  const lost = Object.values(groups)
    .flat()
    .flatMap(({ name, text, marked }) => {
      const proposed = cutsWith(text, finder)
      const points = marked.filter(({ kind }) => kind === 'point')
      return points
        .filter((cut) => nearest(cut, proposed)?.kind !== 'point')
        .map(({ start }) => `${name} ${start}`)
    })
  expect(lost).toEqual([])
})
