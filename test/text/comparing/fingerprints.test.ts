import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bandsOf, jaccard, ownSentences, shingles } from '../../../server/text/comparing/fingerprints.ts'

const letter =
  '建议在第七条中明确县级财政对老区乡镇卫生院的补助标准，每年不低于二十万元，并向社会公布使用情况。'

function shareABand(a: string, b: string): boolean {
  const bands = new Set(bandsOf(shingles(a)))
  return bandsOf(shingles(b)).some((band) => bands.has(band))
}

test('takes case, width, punctuation and spaces for nothing', () => {
  expect(shingles('ＡＢＣ，一 二。三')).toEqual(shingles('abc一二三'))
  expect(jaccard(shingles(letter), shingles(letter.replace(/[，。]/g, ' ')))).toBe(1)
})

test('knows short texts and none', () => {
  expect([...shingles('好')]).toEqual(['好'])
  expect(bandsOf(shingles(''))).toHaveLength(20)
  expect(jaccard(shingles('赞成'), shingles('反对'))).toBe(0)
})

test('finds an edited form letter, and not another text on the same matter', () => {
  expect(shareABand(letter, `${letter}我们村的卫生院连血压计都没有。`)).toBe(true)
  expect(shareABand(letter, '希望把太行山区的护林员补贴写进第七条，按面积发放。')).toBe(false)
})

test('shares a band with at least 97 in 100 copies of which one character in forty is another', () => {
  const changed = fc.array(fc.nat(letter.length - 1), { minLength: 1, maxLength: 1 })
  const copies = fc.sample(changed, { numRuns: 100, seed: 7 })
  const found = copies.filter((places) =>
    shareABand(letter, [...letter].map((character, i) => (places.includes(i) ? '改' : character)).join('')),
  )
  expect(found.length).toBeGreaterThanOrEqual(97)
})

test('gives twenty bands for any text, and joins sentences to the text they came from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(bandsOf(shingles(text))).toHaveLength(20)
      const joined = ownSentences(letter, text)
        .map((sentence) => sentence.text)
        .join('')
      expect(joined).toBe(text)
    }),
  )
})

test('lights the sentences that a copy adds', () => {
  const copy = `${letter}我们村的卫生院连血压计都没有。`
  expect(ownSentences(letter, copy).filter(({ own }) => own)).toEqual([
    { text: '我们村的卫生院连血压计都没有。', own: true },
  ])
})
