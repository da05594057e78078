import { expect, test } from 'vitest'
import { alikeGroups } from '../../../server/text/comparing/alike-groups.ts'
import { pairsOf, similarity } from '../../../server/text/comparing/similarity.ts'

test('texts that say nearly the same are of one group, in the order in which they stand', async () => {
  const texts = [
    '请写明贴息的时限和标准。',
    '建议增加对脱贫户的帮扶。',
    '请写明贴息的时限和标准！',
    '请写明一下贴息的时限和标准。',
    '建议增加对脱贫户的帮扶',
  ]
  expect(await alikeGroups(texts, 0.8)).toEqual([
    [0, 2, 3],
    [1, 4],
  ])
})

test('a text of one character is like its own, and an empty one like none', async () => {
  expect(await alikeGroups(['', '好', '好', ''], 0.8)).toEqual([[0], [1, 2], [3]])
})

test('whatever is like the first text of a group by comparing all with all is found by comparing few', async () => {
  let seed = 7
  const chance = (most: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % most
  }
  const characters = [...'天地人日月水火木金土春夏秋冬']
  const texts = Array.from({ length: 30 }, () =>
    Array.from({ length: 6 + chance(20) }, () => characters[chance(characters.length)] ?? ''),
  ).flatMap((text) =>
    [0, 1, 2, 3, 4].map((changes) =>
      text.map((one, place) => (place < changes ? (characters[chance(14)] ?? '') : one)).join(''),
    ),
  )
  const groups = await alikeGroups(texts, 0.8)
  const alike = (a: number, b: number) => similarity(pairsOf(texts[a] ?? ''), pairsOf(texts[b] ?? '')) >= 0.8
  const firsts = groups.map(([first = -1]) => first)
  for (const [place, first] of firsts.entries())
    expect(
      firsts.slice(0, place).filter((earlier) => alike(earlier, first)),
      texts[first],
    ).toEqual([])
  for (const [first = -1, ...others] of groups)
    expect(others.every((other) => alike(first, other))).toBe(true)
  expect(groups.flat()).toHaveLength(texts.length)
  expect(groups.length).toBeGreaterThan(20)
  expect(groups.length).toBeLessThan(140)
})
