import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitSentences } from '../../../server/text/words/sentences.ts'

const texts = (text: string) => splitSentences(text).map((sentence) => sentence.text)

test('a sentence ends with 。！？；or …, and takes the closing quotes and brackets along', () => {
  expect(texts('推进特优农业提质增效。深化“南果中粮”等载体建设；做强山西“土特产”。')).toEqual([
    '推进特优农业提质增效。',
    '深化“南果中粮”等载体建设；',
    '做强山西“土特产”。',
  ])
  expect(texts('他说：“应当公开。”会议同意！为什么？！因为……所以')).toEqual([
    '他说：“应当公开。”',
    '会议同意！',
    '为什么？！',
    '因为……',
    '所以',
  ])
})

test('nothing is parted inside brackets, but a bracket that never closes keeps nothing together', () => {
  expect(texts('意见（中办发〔2026〕14号；以下简称《意见》。）印发。完。')).toEqual([
    '意见（中办发〔2026〕14号；以下简称《意见》。）印发。',
    '完。',
  ])
  expect(texts('（未完。又一句。')).toEqual(['（未完。', '又一句。'])
})

test('figures and Latin words are not parted', () => {
  expect(texts('增长6.5%，建设LED研究院，见www.example.cn。')).toEqual([
    '增长6.5%，建设LED研究院，见www.example.cn。',
  ])
})

test('positions count code points, so that characters beyond the first plane keep their place', () => {
  expect(splitSentences('𠮷野家。二。')).toEqual([
    { text: '𠮷野家。', start: 0, end: 4 },
    { text: '二。', start: 4, end: 6 },
  ])
  expect(splitSentences('')).toEqual([])
})

test('joined, the sentences are the text, and each stands where it says', () => {
  const character = fc.constantFrom(...'甲乙。！？；…”’）（《》“1.𠮷 ')
  fc.assert(
    fc.property(fc.array(character, { maxLength: 60 }), (characters) => {
      const sentences = splitSentences(characters.join(''))
      expect(sentences.map((sentence) => sentence.text).join('')).toBe(characters.join(''))
      for (const { text, start, end } of sentences) expect(characters.slice(start, end).join('')).toBe(text)
    }),
  )
})
