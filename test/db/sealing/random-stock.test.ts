import { expect, test } from 'vitest'
import { randomFromStock } from '../../../db/sealing/random-stock.ts'

test('no bytes are handed out twice, and what was handed out stays as it is', () => {
  const handed = Array.from({ length: 2_000 }, () => randomFromStock(12))
  const written = handed.map((bytes) => bytes.toString('hex'))
  expect(new Set(written).size).toBe(2_000)
  expect(handed.every((bytes) => bytes.length === 12 && bytes.some((byte) => byte > 0))).toBe(true)
  randomFromStock(4096)
  expect(handed.map((bytes) => bytes.toString('hex'))).toEqual(written)
})

test('more than the stock holds is refused', () => {
  expect(() => randomFromStock(4097)).toThrow('more than the stock holds')
})
