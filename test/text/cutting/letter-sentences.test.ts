import fc from 'fast-check'
import { expect, test } from 'vitest'
import { letterSentences, mostSentences } from '../../../server/text/cutting/letter-sentences.ts'
import { letters } from './random-letters.ts'

const texts = (letter: string) =>
  letterSentences(letter).map(({ start, end }) => [...letter].slice(start, end).join(''))

test('a line break ends a sentence, and blanks belong to the one before', () => {
  expect(texts('各位领导：\n　　路坏了\n\n　　学校也远。 谢谢')).toEqual([
    '各位领导：\n　　',
    '路坏了\n\n　　',
    '学校也远。 ',
    '谢谢',
  ])
  expect(texts('\n  甲。')).toEqual(['\n  甲。'])
  expect(texts('（甲\n乙）')).toEqual(['（甲\n', '乙）'])
})

test('the items of a list part where a sentence runs on', () => {
  expect(texts('建议：一是修路，二是通水，三是三年内完成。')).toEqual([
    '建议：',
    '一是修路，',
    '二是通水，',
    '三是三年内完成。',
  ])
  expect(texts('提几条：1、渠道漏水，2、收费3.5元。')).toEqual([
    '提几条：',
    '1、渠道漏水，',
    '2、收费3.5元。',
  ])
})

test('of a line without punctuation the blanks part what it says', () => {
  expect(texts('路坏了没人修 从大沟到小沟五里地 学校老师不够')).toEqual([
    '路坏了没人修 ',
    '从大沟到小沟五里地 ',
    '学校老师不够',
  ])
  expect(texts('王立新  代笔')).toEqual(['王立新  代笔'])
})

test('a letter of blanks is one sentence, an empty one has none', () => {
  expect(letterSentences(' \n　')).toEqual([{ start: 0, end: 3 }])
  expect(letterSentences('')).toEqual([])
})

test('joined, the sentences are the letter, and each but the first begins with a word', () => {
  fc.assert(
    fc.property(letters, (letter) => {
      const sentences = letterSentences(letter)
      expect(texts(letter).join('')).toBe(letter)
      for (const [index, { start, end }] of sentences.entries()) {
        expect(end).toBeGreaterThan(start)
        if (index > 0) expect([...letter][start]).toMatch(/\P{White_Space}/u)
      }
    }),
    { numRuns: 1000 },
  )
})

test('a letter never has more sentences than it may have at most', () => {
  fc.assert(
    fc.property(letters, (letter) => {
      expect(letterSentences(letter).length).toBeLessThanOrEqual(mostSentences(letter))
    }),
  )
  expect(mostSentences('建议修路，路面坏了')).toBe(1)
  expect(mostSentences('建议：一是修路，二是通水')).toBe(3)
})
