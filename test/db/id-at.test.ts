import { expect, test } from 'vitest'
import { idAt } from '../../db/id-at.ts'

test('ids stand in the order of their moments, and within a moment in the order in which they were made', () => {
  const later = Array.from({ length: 500 }, () => idAt(new Date('2026-11-24T00:00:00.001Z')))
  const earlier = Array.from({ length: 500 }, () => idAt(new Date('2026-11-24T00:00:00.000Z')))
  expect([...later, ...earlier].sort()).toEqual([...earlier, ...later])
  expect(new Set([...later, ...earlier]).size).toBe(1000)
})
