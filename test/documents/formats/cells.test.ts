import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Cell,
  continuedRows,
  countUnprintable,
  longestCell,
  runsAsFormula,
} from '../../../server/documents/formats/cells.ts'
import { printable } from '../../../server/text/words/printable.ts'

test('what turns the direction of its neighbours is shown as a mark and counted', () => {
  const turning = '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'
  expect(printable(`甲${turning}乙\u200f`)).toBe(`甲${'\ufffd'.repeat(9)}乙\u200f`)
  expect(countUnprintable([turning, '丙'])).toBe(9)
})

test('what XML forbids is shown as a mark and counted, and nothing else changes', () => {
  expect(printable('甲\u0000乙\u0007丙\ufffe丁\ud800戊\t\n😀')).toBe('甲␀乙␇丙\ufffd丁\ufffd戊\t\n😀')
  expect(countUnprintable(['甲\u0000乙\u0007丙\ufffe', 3, '丁\ud800戊\t\n😀'])).toBe(4)
  expect(countUnprintable(['没有特殊字符😀', null])).toBe(0)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1+1', '＋1', '－1', '＠A1', '|cmd'])(
  '%j might run as a formula',
  (text) => expect(runsAsFormula(text)).toBe(true),
)

test.each(['一、=1', '建议 +1', '1=1', '', '（=1）'])('%j cannot run as a formula', (text) =>
  expect(runsAsFormula(text)).toBe(false),
)

test('a text longer than a cell goes on in the next row and says so', () => {
  const text = '字'.repeat(70_000)
  const rows = [...continuedRows(['c1', text, 3])]
  expect(rows).toHaveLength(3)
  expect(rows.map((row) => row[0])).toEqual(['c1', null, null])
  expect(rows[0]?.[1]).toMatch(/字（转下一行）$/)
  expect(rows[1]?.[1]).toMatch(/^（接上一行）字/)
  for (const [, cell] of rows) expect(String(cell).length).toBeLessThanOrEqual(longestCell)
})

test('joined again, the rows of any text are the text, and no character is cut in half', () => {
  const long = fc.string({
    unit: fc.constantFrom('字', '😀', '\n', 'a'),
    minLength: 40_000,
    maxLength: 80_000,
  })
  fc.assert(
    fc.property(long, (text) => {
      const pieces = [...continuedRows([text])].map(([cell]: Cell[]) => String(cell))
      expect(pieces.some((piece) => /\p{Surrogate}/u.test(piece))).toBe(false)
      expect(pieces.join('').replaceAll('（转下一行）（接上一行）', '')).toBe(text)
    }),
    { numRuns: 20 },
  )
})
