import { describe, expect, test } from 'vitest'
import {
  type Arrangement,
  type Bounds,
  interludes,
  keepingSettled,
  mergedWithEarlier,
  overlap,
  type Point,
  pointPieces,
  restored,
  Settled,
  uncoveredSentences,
  withoutPoint,
  withPoint,
  withProposed,
} from '../../../server/rules/points/arrangement.ts'
import { asItWas, carried, gone, type OfTouched, reopened } from '../../../server/rules/points/carried.ts'
import { differences } from '../../../server/text/comparing/differences.ts'

let ids = 0
const bounds = (...settled: string[]): Bounds => ({ settled: new Set(settled), newId: () => `new-${++ids}` })
const point = (start: number, end: number, id = `p-${start}-${end}`): Point => ({
  ...{
    id,
    start,
    end,
    kind: 'point',
    clause: 'p1',
    stance: 'amend',
    themeId: null,
    departmentId: null,
    dueOn: null,
  },
  ...{ concernId: null, responseId: 'answer', reason: null, confirmedBy: null },
})
const spans = (arrangement: Arrangement) => arrangement.map(({ start, end }) => `${start}-${end}`)

test('a point takes its words from others, which keep what is left before and behind', () => {
  const whole = [point(0, 10, 'whole')]
  const parted = withPoint(whole, point(3, 5), bounds())
  expect(spans(parted)).toEqual(['0-3', '3-5', '5-10'])
  expect(new Set(parted.map(({ id }) => id)).size).toBe(3)
  expect(spans(withPoint(whole, point(0, 10), bounds()))).toEqual(['0-10'])
})

test('nothing is taken from a point whose answer is approved', () => {
  const whole = [point(0, 10, 'whole'), point(10, 12, 'next')]
  for (const act of [
    () => withPoint(whole, point(3, 5), bounds('whole')),
    () => withoutPoint(whole, 'whole', bounds('whole')),
    () => mergedWithEarlier(whole, 'next', bounds('whole')),
  ])
    expect(act).toThrow(Settled)
})

test('whatever is done, points whose answer is approved stay as they are', () => {
  const [whole] = [point(0, 10, 'whole')]
  expect(() => keepingSettled([whole], [], bounds('whole'))).toThrow(Settled)
  expect(() => keepingSettled([whole], [{ ...whole, clause: 'p9' }], bounds('whole'))).toThrow(Settled)
  expect(keepingSettled([whole], [{ ...whole }], bounds('whole'))).toHaveLength(1)
  expect(keepingSettled([whole], [], bounds())).toEqual([])
})

test('a point becomes one with the one before it, and with what stands between', () => {
  expect(spans(mergedWithEarlier([point(0, 2), point(5, 8)], 'p-5-8', bounds()))).toEqual(['0-8'])
})

test('what is proposed covers only what nothing covers', () => {
  expect(spans(withProposed([point(2, 5)], [point(0, 2), point(4, 8), point(5, 8)]))).toEqual([
    '0-2',
    '2-5',
    '5-8',
  ])
})

test('of an earlier arrangement nothing comes back that was decided', () => {
  const [back] = restored([point(0, 5)], [])
  expect(back?.responseId).toBeNull()
  const [kept] = restored([point(0, 5)], [point(0, 3, 'p-0-5')])
  expect(kept?.responseId).toBe('answer')
})

test('a sentence is covered where nothing of its words is left over', () => {
  const text = '甲。 乙。丙'
  const sentences = [
    { start: 0, end: 3 },
    { start: 3, end: 5 },
    { start: 5, end: 6 },
  ]
  expect(uncoveredSentences(text, sentences, [])).toBe(3)
  expect(uncoveredSentences(text, sentences, [point(0, 2), point(3, 5)])).toBe(1)
  expect(uncoveredSentences(text, sentences, [point(0, 3), point(5, 6)])).toBe(1)
})

test('what numbers an item, and marks, need no account where a point begins behind them', () => {
  const text = '一、修路。（二）；通水。'
  const sentences = [
    { start: 0, end: 5 },
    { start: 5, end: 12 },
  ]
  expect(uncoveredSentences(text, sentences, [point(2, 5), point(9, 12)])).toBe(0)
  expect(uncoveredSentences(text, sentences, [point(3, 5), point(9, 12)])).toBe(1)
  expect(uncoveredSentences(text, sentences, [])).toBe(2)
})

describe('in other words', () => {
  const text = '甲说修路。乙说通水。丙说种树。'
  const parted = [point(0, 5, '甲'), point(5, 10, '乙'), point(10, 15, '丙')]
  const carry = (after: string, ofTouched: OfTouched) => carried(parted, differences(text, after), ofTouched)

  test('points that were not touched stay as they are, with their answers', () => {
    const now = carry('甲说修路。乙说通水和电。丙说种树。', reopened)
    expect(spans(now)).toEqual(['0-5', '5-12', '12-17'])
    expect(now.map(({ responseId }) => responseId)).toEqual(['answer', null, 'answer'])
  })

  test('where words were hidden the answer stays', () => {
    const now = carry('甲说修路。▇▇（姓名）说通水。丙说种树。', asItWas)
    expect(now.map(({ responseId }) => responseId)).toEqual(['answer', 'answer', 'answer'])
    expect(pointPieces('甲说修路。▇▇（姓名）说通水。丙说种树。', now)[1]?.text).toBe('▇▇（姓名）说通水。')
  })

  test('of a copy only what is the same to the letter is inherited', () => {
    expect(carry('甲说修路。乙说不通水。丙说种树。我还有话说。', gone).map(({ id }) => id)).toEqual([
      '甲',
      '丙',
    ])
  })

  test('a point of which no word is left is gone', () => {
    expect(carry('甲说修路。丙说种树。', reopened).map(({ id }) => id)).toEqual(['甲', '丙'])
  })
})

test('after 10,000 steps that chance gave, pieces joined are the text, in order and apart', () => {
  let state = 20261128
  const chance = (end: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
  const words = ['修路', '𠮷', '通水。', '种树，', '\n', '建议', '（一）']
  const write = () => Array.from({ length: 1 + chance(12) }, () => words[chance(words.length)]).join('')
  let text = write()
  let now: Arrangement = []
  for (let step = 0; step < 10_000; step++) {
    const length = [...text].length
    const start = chance(length)
    const span = point(start, Math.min(length, start + 1 + chance(6)), `s-${step}`)
    const any = now[chance(Math.max(1, now.length))]
    const acts = [
      () => withPoint(now, span, bounds()),
      () => (any ? withoutPoint(now, any.id, bounds()) : now),
      () => (any ? mergedWithEarlier(now, any.id, bounds()) : now),
      () =>
        withProposed(
          now,
          interludes(now, length).map(({ start, end }) => point(start, end, `g-${step}-${start}`)),
        ),
      () => {
        const after = chance(2) === 0 ? write() : text.replace(words[chance(words.length)] ?? '', '▇▇')
        const moved = carried(now, differences(text, after || '无'), chance(2) === 0 ? reopened : asItWas)
        text = after || '无'
        return moved
      },
    ]
    now = acts[chance(acts.length)]?.() ?? now
    expect(
      pointPieces(text, now)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
    const inside = now.every(({ start, end }) => 0 <= start && start < end && end <= [...text].length)
    const apart = now.every((one, place) => now.slice(place + 1).every((other) => !overlap(one, other)))
    expect([inside, apart]).toEqual([true, true])
  }
})
