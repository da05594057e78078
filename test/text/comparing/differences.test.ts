import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from '../../../server/text/comparing/differences.ts'

test('a changed word is one piece out and one piece in', () => {
  expect(differences('加快重点产业升级。', '稳步加快重点产业转型升级。')).toEqual([
    { change: 'added', text: '稳步' },
    { change: 'same', text: '加快重点产业' },
    { change: 'added', text: '转型' },
    { change: 'same', text: '升级。' },
  ])
})

test('the pieces make up both texts', () => {
  const chinese = fc.string({
    unit: fc.constantFrom('加', '快', '产', '业', '，', '。', '😀', '1'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(chinese, chinese, (before, after) => {
      const pieces = differences(before, after)
      const joined = (out: string) =>
        pieces
          .filter(({ change }) => change !== out)
          .map(({ text }) => text)
          .join('')
      expect(joined('added')).toBe(before)
      expect(joined('removed')).toBe(after)
    }),
  )
})
