import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type MarkedSpan,
  piecesOf,
  placesOfText,
  withMarked,
} from '../../../server/rules/moderation/redactions.ts'

const comment = { body: '李小明说👍李小明好', wording: '通知李小明' }

test('every place of a text is found in code points, the body’s first', () => {
  expect(placesOfText(comment, '李小明')).toEqual([
    { field: 'body', start: 0 },
    { field: 'body', start: 5 },
    { field: 'wording', start: 2 },
  ])
  expect(placesOfText({ body: '啊啊啊', wording: null }, '啊啊')).toHaveLength(2)
})

test.each(['', '没有', '\ud83d', 'a\0'])('nothing is found for %j', (text) => {
  expect(placesOfText(comment, text)).toEqual([])
})

test('whatever is marked, the pieces joined are the text, and each mark is one piece', () => {
  const text = fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 30 })
  const places = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { maxLength: 6 })
  fc.assert(
    fc.property(text, places, (body, marks) => {
      const spans = marks.reduce<MarkedSpan[]>((all, [start, end]) => {
        return withMarked({ body, wording: null }, all, { field: 'body', kind: 'other', start, end }) ?? all
      }, [])
      const pieces = piecesOf(body, spans, 'body')
      expect(pieces.map((piece) => piece.text).join('')).toBe(body)
      expect(pieces.filter(({ span }) => span)).toHaveLength(spans.length)
    }),
  )
})
