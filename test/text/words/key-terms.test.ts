import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyTerms, type WordCounts, wordsOf } from '../../../server/text/words/key-terms.ts'
import { wordCutter } from '../../../server/text/words/word-cutter.ts'

test('the words of a text are those that can say what it is about', () => {
  const words = wordsOf('请在2026年前建设红色文化展馆，ＡＩ讲解，红色文化！')
  for (const word of ['建设', '红色文化', '展馆', 'ai讲解']) expect(words).toContain(word)
  for (const word of ['2026', '，', '年']) expect(words).not.toContain(word)
})

test('words that the segmenter does not know are whole: those of every day, and those that a consultation adds', () => {
  expect([...wordsOf('医保和低保，贷款贴息')]).toEqual(['医保', '低保', '贷款', '贴息'])
  const cut = wordCutter(['沁源县', '特优农业'])
  expect([...wordsOf('沁源县的特优农业', cut)]).toEqual(['沁源县', '特优农业'])
  expect([...wordsOf('打用电话报修')]).not.toContain('用电')
})

test('a word that one clause has more often than the rest sets it apart; one that all have does not', () => {
  const own: WordCounts = { texts: 50, words: { 展馆: 40, 建议: 45, 医院: 2 } }
  const rest: WordCounts[] = [
    { texts: 100, words: { 建议: 91, 医院: 30 } },
    { texts: 100, words: { 建议: 90, 展馆: 3 } },
  ]
  expect(keyTerms(own, rest, 10)).toEqual([{ word: '展馆', texts: 40 }])
})

test('of a published 2×2 table the ratio is as Dunning defines it', () => {
  // G² of [[10, 90], [1, 99]] is 9.13 by hand, under the threshold; of [[12, 88], [1, 99]] it is 11.77, over it.
  const rest = [{ texts: 100, words: { 词语: 1 } }]
  expect(keyTerms({ texts: 100, words: { 词语: 10 } }, rest, 10)).toEqual([])
  expect(keyTerms({ texts: 100, words: { 词语: 12 } }, rest, 10)).toHaveLength(1)
})

test('nothing stands out where there is nothing to compare with, and no more than were asked for', () => {
  expect(keyTerms({ texts: 50, words: { 展馆: 40 } }, [], 10)).toEqual([])
  const words = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`词${i}`, 40]))
  expect(keyTerms({ texts: 50, words }, [{ texts: 500, words: {} }], 12)).toHaveLength(12)
})

test('whatever the counts, a term is in its own texts, and relatively more often than elsewhere', () => {
  const count = fc.integer({ min: 1, max: 1000 })
  fc.assert(
    fc.property(count, count, count, count, (n, m, a, b) => {
      const own = { texts: n, words: { 词语: Math.min(a, n) } }
      const others = { texts: m, words: { 词语: Math.min(b, m) } }
      for (const { texts } of keyTerms(own, [others], 1)) {
        expect(texts / n).toBeGreaterThan(Math.min(b, m) / m)
      }
    }),
  )
})
