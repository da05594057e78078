import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bigrams, sought } from '../../../server/text/words/bigrams.ts'

test('a text is cut into pairs, its punctuation skipped', () => {
  expect(bigrams('老区，ＧＤＰ')).toBe('老区 区g gd dp p')
  expect(bigrams('。')).toBe('')
})

test('a query asks for its pairs, and for a single character as the beginning of one', () => {
  expect(sought('老区振兴')).toEqual({ pairs: ['老区', '区振', '振兴'], initials: [] })
  expect(sought('水 老区')).toEqual({ pairs: ['老区'], initials: ['水'] })
  expect(sought(' ，！\0\ud800')).toBeNull()
})

test('characters outside the basic plane count as one', () => {
  expect(bigrams('𠮷野家')).toBe('𠮷野 野家 家')
})

test('every piece of a text finds the text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 })
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (whole, from, length) => {
      const characters = [...whole.normalize('NFKC')]
      const start = from % (characters.length + 1)
      const words = bigrams(whole).split(' ')
      const query = sought(characters.slice(start, start + (length % 20)).join(''))
      for (const pair of query?.pairs ?? []) expect(words).toContain(pair)
      for (const initial of query?.initials ?? [])
        expect(words.some((word) => word.startsWith(initial))).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('a million characters make no bigger question than sixty pairs', () => {
  expect(sought('老区振兴发展规划'.repeat(100_000))?.pairs.length).toBeLessThanOrEqual(60)
})
