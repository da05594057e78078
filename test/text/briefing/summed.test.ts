import { expect, test } from 'vitest'
import { passagesOf, readSentences } from '../../../server/text/briefing/read-sentences.ts'
import type { Section } from '../../../server/text/briefing/section.ts'
import { summed } from '../../../server/text/briefing/summed.ts'
import { coveredBy, opinionSection } from './measured.ts'

const known = { listed: [], draft: new Set<string>(), places: [] }

/** Texts about one thing, each said by so many. */
function sectionOf(texts: readonly [text: string, points: number][], ties: number[] = []): Section {
  const read = readSentences(
    texts.map(([text]) => text),
    known,
  )
  const column = (at: number) =>
    Int32Array.from(read.bases, (_, sentence) => read.spans[4 * sentence + at] ?? 0)
  const counts = Int32Array.from(texts, ([, points]) => points)
  return {
    stances: new Uint8Array(texts.length),
    subjects: new Int32Array(texts.length),
    ties: Int32Array.from(texts, (_, at) => ties[at] ?? -1),
    ...{ points: counts, people: counts, texts: column(0), quotable: Uint8Array.from(column(3)) },
    ...{ bases: read.bases, offsets: read.offsets, features: read.features },
  }
}

test('a passage is a part of its text, without the number before it, and a long one ends with a comma', () => {
  const text = `您好：\n一、${'请把补贴的标准写明白，'.repeat(20)}谢谢。\n（二）🎵道路要修！`
  const characters = [...text]
  const found = [...passagesOf(text)]
  for (const { words, start, end } of found) expect(characters.slice(start, end).join('')).toBe(words)
  expect(found.map(({ words }) => words)).toContain('🎵道路要修！')
  expect(found.every(({ words }) => [...words].length <= 120)).toBe(true)
  expect(
    found.filter(({ words }) => words.startsWith('请把')).every(({ words }) => /[，。]$/.test(words)),
  ).toBe(true)
})

test('what a campaign says weighs as many persons as sent it', () => {
  const { representatives } = summed(
    sectionOf([
      ['希望给乡村教师提高补贴，留住人才。', 1],
      ['乡村教师的补贴应当按月发放。', 1],
      ['学校食堂的饭菜价格太贵了，请管一管。', 400],
    ]),
    { quotes: 1, rare: 0 },
  )
  expect(representatives).toEqual([{ sentence: 2, texts: [2] }])
})

test('what the office has gathered is said by one sentence, however its words differ', () => {
  const texts: [string, number][] = [
    ['医生都走光了，发烧得去县里。', 3],
    ['卫生室的门一个月没开过了。', 2],
    ['路灯坏了两年没有人来修。', 1],
  ]
  const { representatives } = summed(sectionOf(texts, [7, 7, -1]), { quotes: 1, rare: 0 })
  expect(representatives).toEqual([{ sentence: 0, texts: [0, 1] }])
})

test('the same texts give the same sentences, and each text stands with one sentence at most', () => {
  const section = opinionSection('words')
  const first = summed(section, { quotes: 12, rare: 100 })
  expect(summed(section, { quotes: 12, rare: 100 })).toEqual(first)
  const stood = first.representatives.flatMap(({ texts }) => texts)
  expect(new Set(stood).size).toBe(stood.length)
  expect(first.rare.sentences).toHaveLength(100)
})

test('of the marked opinions 20 sentences a stance cover three of four, and what they stand for is mostly of their subject', () => {
  const covered = coveredBy('learnt', 20)
  for (const { share } of covered) expect(share).toBeGreaterThan(0.74)
  const right = covered.reduce((sum, one) => sum + one.right, 0) / covered.length
  expect(right).toBeGreaterThan(0.68)
})
