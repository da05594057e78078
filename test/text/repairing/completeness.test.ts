import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { writeTable } from '../../../server/text/outlining/tables.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'

const source =
  '附件\n甲办法\n（征求意见稿）\n第一条　为了规范管理，制定本办法。\n[bookmark: A]第二条　本办法自公布之日起施行。\n'

test('the counts of title, labels, texts and artefacts add up to the source', () => {
  const proof = proveCompleteness(source, readDraft(source))
  expect(proof.holds).toBe(true)
  expect(proof.title + proof.labels + proof.texts + proof.artefacts).toBe(proof.source)
  expect(proof).toMatchObject({ title: 10, labels: 6, texts: 25, artefacts: 14 })
})

test('a character lost, added, changed or moved is found where it happened', () => {
  const draft = readDraft(source)
  const [first, second] = draft.units
  if (!first || !second) throw new Error('the draft has two clauses')
  const change = (text: string) =>
    proveCompleteness(source, { ...draft, units: [{ ...first, text }, second] })
  expect(change('为了规范管理制定本办法。').difference).toMatchObject({
    at: 21,
    inDraft: '制定本办法。第二条本办法自公布之日起施行',
  })
  expect(change('为了规范管理，，制定本办法。').difference?.at).toBe(22)
  expect(change('为了规范监理，制定本办法。').difference?.inSource).toMatch(/^管理，/)
  expect(proveCompleteness(source, { ...draft, units: [second, first] }).holds).toBe(false)
  expect(proveCompleteness(source, { ...draft, units: [first] }).difference?.inDraft).toBe('')
  expect(proveCompleteness(source, { ...draft, artefacts: [] }).holds).toBe(false)
  expect(proveCompleteness(source, { ...draft, title: '甲办法' }).holds).toBe(false)
})

test('an artefact must stand in the source where it says', () => {
  const draft = readDraft(source)
  const artefacts = draft.artefacts.map((artefact) => ({ ...artefact, at: artefact.at + 1 }))
  expect(proveCompleteness(source, { ...draft, artefacts }).holds).toBe(false)
})

test('a table that opens with an annex mark stays one table', () => {
  const table = writeTable([['附件1：条例（草案）', '1万元']])
  const draft = readDraft(table)
  expect(proveCompleteness(table, draft).holds).toBe(true)
  expect(draft.units[0]?.table).toEqual([['附件1：条例（草案）', '1万元']])
})

const fragment = fc.constantFrom(
  ...[
    '附件',
    '附件1：',
    '第一章',
    '第二条',
    '一、',
    '（一）',
    '1.',
    '2、',
    '目录',
    '总则',
    '条例（草案）',
    '\n',
    '\t',
    '　',
  ],
  ...[
    '\u2028',
    '\u2029',
    '\r\n',
    '<BR>',
    '[bookmark: x]',
    '— 3 —',
    '2026年1月1日',
    '省政府办公厅',
    '的，',
    '为了。',
    '《',
    '》',
  ],
)

test('whatever the source, reading loses nothing and adds nothing', { timeout: 60_000 }, () => {
  const anything = fc.oneof(
    fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
    // As lines of a PDF, which are joined.
    fc
      .array(fragment, { minLength: 60, maxLength: 120 })
      .map((parts) => (parts.join('').match(/.{1,20}/gu) ?? []).join('\n')),
  )
  fc.assert(
    fc.property(anything, (text) => {
      const source = text.replace(/\p{Surrogate}/gu, '\uFFFD')
      expect(proveCompleteness(source, readDraft(source))).toMatchObject({ holds: true, difference: null })
    }),
    { numRuns: 1000 },
  )
})
