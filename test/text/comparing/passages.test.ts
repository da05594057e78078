import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  everyPassage,
  ownPassages,
  passagesOf,
  sharedLetters,
} from '../../../server/text/comparing/passages.ts'
import { pairsAmong, recallOf, unlikeTexts } from './passage-measures.ts'

const none = new Int32Array()
const letter = '建议明确县级财政对老区乡镇卫生院的补助标准，每年不低于二十万元，并向社会公布使用情况。'
const others = '我们村的路一下雨就走不成，娃娃上学要绕三里地，去年报上去到现在没有回音。'

test('picks a passage in common of any twelve letters in common, whatever stands around them', () => {
  const around = fc.string({ unit: fc.constantFrom(...'村路水田学校医院桥补'), maxLength: 60 })
  const twelve = '每年不低于二十万元，并向社会'
  fc.assert(
    fc.property(around, around, around, around, (a, b, c, d) => {
      const first = new Set(passagesOf(a + twelve + b))
      expect([...passagesOf(c + twelve + d)].some((passage) => first.has(passage))).toBe(true)
    }),
  )
})

test('has nothing of what is too short, and gives each passage once', () => {
  expect([...passagesOf('')]).toEqual([])
  expect([...passagesOf('赞成这样写')]).toEqual([])
  expect([...passagesOf('我完全赞成这样写')]).toHaveLength(1)
  const repeated = passagesOf('请把时限写明确。'.repeat(500))
  expect(new Set(repeated).size).toBe(repeated.length)
})

test('takes what stands in the draft for nobody’s own, and keeps consultations apart', () => {
  const draft = everyPassage([letter])
  expect(ownPassages(passagesOf(letter), draft, 'one')).toEqual([])
  expect(sharedLetters(letter + others, letter, draft)).toBe(0)
  const [one, another] = ['one', 'another'].map((id) => ownPassages(passagesOf(letter), none, id))
  expect(one?.filter((passage) => another?.includes(passage))).toEqual([])
})

test('finds a letter among twice as many words of others, and none in how letters begin and end', () => {
  expect(sharedLetters(letter, `${others}${others}${letter}`, none)).toBeGreaterThan(35)
  const framed = (said: string) => `作为老区群众，我认为${said}谢谢。请打电话联系我。`
  expect(sharedLetters(framed(letter), framed(others), none)).toBe(0)
  expect(sharedLetters(framed(letter), framed(letter), none)).toBeGreaterThan(0)
})

const fixed = (length: number, from: number) =>
  String.fromCodePoint(...Array.from({ length }, (_, i) => 0x4e00 + from + i))

test('asks for a run of sixteen letters, twenty-four in all, and a share of the shorter text', () => {
  const shared = (a: string, b: string) => sharedLetters(a, b, none)
  const runs = (length: number, own: number) =>
    [0, 100].map((from) => fixed(length, from) + fixed(9, own + from)).join('')
  expect(shared(runs(15, 1000), runs(15, 2000))).toBe(0)
  expect(shared(runs(16, 1000), runs(16, 2000))).toBe(32)
  const among = (length: number, around: number, own: number) => fixed(length, 0) + fixed(around, own)
  expect(shared(among(23, 30, 1000), among(23, 30, 2000))).toBe(0)
  expect(shared(among(24, 30, 1000), among(24, 30, 2000))).toBe(24)
  expect(shared(among(30, 190, 1000), among(30, 190, 2000))).toBe(0)
  expect(shared(among(30, 160, 1000), among(30, 160, 2000))).toBe(30)
})

test.each([
  [1, 0.05],
  [2, 0.05],
])(
  'finds 95 in 100 edited letters with +%i × as many own words, where the letter came first or another copy did',
  (own, exchanged) => {
    for (const length of [80, 400]) {
      const { letterFirst, copyFirst } = recallOf({ length, own, exchanged }, 200)
      expect([length, letterFirst >= 0.95, copyFirst >= 0.95]).toEqual([length, true, true])
    }
    expect(recallOf({ length: 41, own, exchanged }, 200).letterFirst).toBeGreaterThanOrEqual(0.95)
  },
)

test('takes none of 2,485 texts as people write them for a copy of another', () => {
  const texts = unlikeTexts()
  expect(texts).toHaveLength(2485)
  const { compared, found } = pairsAmong(texts)
  expect(compared).toBeGreaterThan(20)
  expect(found).toEqual([])
})
