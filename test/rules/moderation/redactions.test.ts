import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type MarkedSpan,
  piecesOf,
  placesOfText,
  uncheckedSpans,
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

test('what could not be searched is marked as a whole, and stays so around what a moderator marks', () => {
  expect(uncheckedSpans({ body: '说👍好', wording: null })).toMatchObject([
    { field: 'body', start: 0, end: 3 },
  ])
  const mark = { field: 'body', start: 5, end: 8, kind: 'name' } as const
  const marked = withMarked(comment, uncheckedSpans(comment), mark) ?? []
  expect(marked.map(({ field, start, end, kind, hidden }) => [field, start, end, kind, hidden])).toEqual([
    ['body', 0, 5, 'unchecked', null],
    ['body', 5, 8, 'name', true],
    ['body', 8, 9, 'unchecked', null],
    ['wording', 0, 5, 'unchecked', null],
  ])
})

test.each([
  ['searched', () => []],
  ['not searched', uncheckedSpans],
])(
  'whatever is marked of a text that was %s, the pieces joined are the text, and each mark is one piece',
  (_, found) => {
    const text = fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 30 })
    const places = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { maxLength: 6 })
    fc.assert(
      fc.property(text, places, (body, marks) => {
        const spans = marks.reduce<MarkedSpan[]>(
          (all, [start, end]) => {
            return (
              withMarked({ body, wording: null }, all, { field: 'body', kind: 'other', start, end }) ?? all
            )
          },
          found({ body, wording: null }),
        )
        const pieces = piecesOf(body, spans, 'body')
        expect(pieces.map((piece) => piece.text).join('')).toBe(body)
        expect(pieces.filter(({ span }) => span)).toHaveLength(spans.length)
      }),
    )
  },
)
