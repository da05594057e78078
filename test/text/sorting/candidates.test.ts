import { expect, test } from 'vitest'
import { candidatesOf } from '../../../server/text/sorting/candidates.ts'
import { foundByCandidates, opinionPoints } from './measured.ts'

test('candidates are at most 20, find most subjects, leave few out, and quote what was said', () => {
  const points = opinionPoints()
  const { candidates, rest } = candidatesOf(points)
  expect(candidates.length).toBeLessThanOrEqual(20)
  expect(foundByCandidates(candidates).size).toBeGreaterThanOrEqual(16)
  const taken = candidates.flatMap(({ points }) => points)
  expect(new Set(taken).size).toBe(taken.length)
  expect(taken.length + rest).toBe(points.length)
  const texts = points.map(({ text }) => text)
  for (const { title, words, sentences, people, stances, points } of candidates) {
    expect(words).toEqual(expect.arrayContaining(title.split('、')))
    expect(new Set(sentences.map(({ text }) => text)).size).toBe(3)
    for (const sentence of sentences) expect(texts.some((text) => text.includes(sentence.text))).toBe(true)
    expect(people).toBeLessThanOrEqual(points.length)
    expect(Object.values(stances).reduce((sum, count) => sum + count, 0)).toBe(points.length)
  }
  expect(JSON.stringify(candidatesOf(opinionPoints()))).toBe(JSON.stringify({ candidates, rest }))
})

test('copies of a letter are one text and many persons; of nothing there is no theme', () => {
  const said = (text: string, count: number, from: string) =>
    Array.from({ length: count }, (_, i) => ({
      id: `${from}${i}`,
      text,
      stance: 'amend',
      sender: `${from}${i % 4}`,
    }))
  const points = [
    ...said('村里没有卫生室，看病要到县医院。', 8, 'a'),
    ...said('卫生院没有大夫，药也不全。', 1, 'b'),
    ...said('公路塌方没有护栏，班车停运。', 1, 'c'),
    ...said('国道的大车把公路压坏了。', 3, 'd'),
    ...said('？！', 2, 'e'),
  ]
  const { candidates, rest } = candidatesOf(points)
  expect(candidates.map(({ points, people }) => [points.length, people])).toEqual([
    [9, 5],
    [4, 4],
  ])
  expect(rest).toBe(2)
  expect(candidatesOf([])).toEqual({ candidates: [], rest: 0 })
})
