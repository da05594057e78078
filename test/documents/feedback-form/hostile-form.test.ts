import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FilledRow, readFilledForm } from '../../../server/documents/feedback-form/filled-form.ts'
import { readFormContent } from '../../../server/documents/feedback-form/form-content.ts'
import type { FormUnit } from '../../../server/documents/feedback-form/form-units.ts'
import { UnreadableDocument } from '../../../server/documents/reading/unreadable-document.ts'
import { withoutBlanks } from '../../../server/text/outlining/blanks.ts'
import { ticked } from '../../../server/text/words/ticks.ts'
import { aDocx } from '../a-docx.ts'
import { rowOf } from './fill-form.ts'

const units: FormUnit[] = ['p1', 'p2'].map((key) => ({
  key,
  kind: 'clause',
  label: '（一）',
  heading: null,
  citation: key,
  text: `${key}的条文，说明要做的事情。`,
  name: key,
}))
const asked = { asks: {}, regions: new Set(['长治市']) }
const keys = new Set(['p1'])
const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    '〔p1〕',
    '〔p2〕',
    '〔p9〕',
    '☑赞成',
    '□赞成\n√修改',
    '删除',
    '在其后增加：一句',
    '无',
    '（一）p1的条文',
  ),
)
const row: fc.Arbitrary<FilledRow> = fc.record({
  clause: cell,
  original: cell,
  stance: cell,
  body: cell,
  wording: cell,
})

test('whatever stands in the rows, every body that is not empty is in a comment or in a note', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 70 }), (rows) => {
      const form = { number: null, person: {}, rows, outside: [], notes: [] }
      const { typed, notes } = readFormContent(form, units, keys, asked)
      const all = [...typed.comments.map(({ body }) => body), ...notes.map(({ text }) => text)]
      const said = withoutBlanks(all.join('\n'))
      expect(typed.comments.length).toBeLessThanOrEqual(60)
      for (const { clause } of typed.comments) expect(['p1', 'draft']).toContain(clause)
      for (const { body } of rows)
        if (/\p{L}/u.test(body) && body !== '无') expect(said).toContain(withoutBlanks(body))
    }),
  )
})

test('a table with more rows than any statute has clauses is not read', async () => {
  const rows = rowOf(['a', 'b', 'c', 'd', 'e']).repeat(5001)
  const file = aDocx({ body: `<w:tbl>${rowOf(['条款', '原文', '类型', '意见', '表述'])}${rows}</w:tbl>` })
  await expect(readFilledForm(file)).rejects.toThrow(UnreadableDocument)
})

test('an essay in a cell of answers ticks nothing', () => {
  expect(ticked(`√赞成${'很好，'.repeat(200)}`, [{ value: 'support', sounds: /赞成/ }])).toEqual([])
})
