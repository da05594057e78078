import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toChineseNumber } from '../../../server/text/outlining/numbering.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'
import { compact } from './compact.ts'
import { type Planned, planned, policies, statutes } from './trees.ts'

const folder = join(import.meta.dirname, '../../fixtures/drafts')
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))

describe('drafts as offices write them', () => {
  test.each(names)('%s', (name) => {
    const source = readFileSync(join(folder, name), 'utf8')
    const draft = readDraft(source)
    expect(compact(draft)).toBe(readFileSync(join(folder, name.replace('.txt', '.expected')), 'utf8'))
    expect(proveCompleteness(source, draft)).toMatchObject({ holds: true, difference: null })
  })
})

test('ninety-nine chapters are ninety-nine headings, from 一 to 九十九', () => {
  const chapters = Array.from(
    { length: 99 },
    (_, index) => `${toChineseNumber(index + 1)}、推进工作\n抓好落实。`,
  )
  const { units } = readDraft(['某市工作规划', ...chapters].join('\n'))
  const headings = units.filter((unit) => unit.kind === 'heading')
  expect(headings.map((unit) => unit.label)).toEqual(
    Array.from({ length: 99 }, (_, index) => `${toChineseNumber(index + 1)}、`),
  )
})

const title = '关于推进工作的实施意见（征求意见稿）'
const printed = (plan: Planned[], indent: string, gap: string) =>
  [title, ...plan.map(({ label, text }) => indent + (label === null ? text : label + gap + text))].join('\n')

test.each([
  ['policy documents', policies],
  ['statutes', statutes],
])(
  '%s of any size and nesting are read as the tree they were printed from',
  (_, trees) => {
    fc.assert(
      fc.property(
        trees,
        fc.constantFrom('', '　　', '\t'),
        fc.constantFrom('', '　', ' '),
        (plan, indent, gap) => {
          const source = printed(plan, indent, gap)
          const draft = readDraft(source)
          expect(draft.title).toBe(title)
          expect(draft.units.map(planned)).toEqual(plan)
          expect(draft.artefacts).toEqual([])
          expect(proveCompleteness(source, draft).holds).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  },
  60_000,
)

test('keys count the clauses in document order, whatever their numbers', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(policies, (plan) => {
      const keys = readDraft(printed(plan, '', '')).units.flatMap((unit) => unit.key ?? [])
      expect(keys).toEqual(keys.map((_, index) => `p${index + 1}`))
    }),
  )
})

test('a draft may be given as lines', () => {
  expect(readDraft(['甲办法', '第一条　为了甲。'])).toEqual(readDraft('甲办法\r\n　　第一条　为了甲。\r\n'))
})
