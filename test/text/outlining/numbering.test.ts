import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseChineseNumber, toChineseNumber } from '../../../server/text/outlining/numbering.ts'

test('ordinals from 一 to 九十九 are the ones that drafts print', () => {
  const printed = Array.from({ length: 99 }, (_, index) => toChineseNumber(index + 1))
  expect(printed.slice(0, 12).join(' ')).toBe('一 二 三 四 五 六 七 八 九 十 十一 十二')
  expect([printed[18], printed[19], printed[20], printed[98]]).toEqual(['十九', '二十', '二十一', '九十九'])
  expect(new Set(printed).size).toBe(99)
})

test('every number from 1 to 9,999 is read back from how it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), (value) => {
      expect(parseChineseNumber(toChineseNumber(value))).toBe(value)
    }),
  )
})

test.each([
  ['一百零五', 105],
  ['一百一十', 110],
  ['一百十五', 115],
  ['一〇五', 105],
  ['一千二百六十', 1260],
  ['一千零一', 1001],
  ['两百', 200],
  ['一十一', 11],
])('%s is %i', (written, value) => {
  expect(parseChineseNumber(written)).toBe(value)
})

test.each(['', '零', '百', '一二', '十百', '二十十', '一万', '三百零', '甲', '〇五'])(
  '%j is no number',
  (written) => {
    expect(parseChineseNumber(written)).toBe(null)
  },
)

test('numbers that no label bears are refused', () => {
  for (const value of [0, -1, 1.5, 10_000, Number.NaN])
    expect(() => toChineseNumber(value)).toThrow(RangeError)
})
