import { expect, test } from 'vitest'
import { type ComparedRow, compareRounds } from '../../../server/documents/papers/comparison.ts'

const unit = (key: string | null, text: string) => ({ key, label: null, citation: key ?? '', text })
const told = (rows: ComparedRow[]) =>
  rows.map((row) => {
    if (row.kind === 'heading') return `# ${row.text}`
    return row.kind === 'deleted' ? `− ${row.old.key}` : `${row.key} ${row.relation}`
  })

test('each clause stands beside what it came from, and a dropped one where it stood', () => {
  const before = [unit('p1', '甲'), unit(null, '总则'), unit('p2', '乙'), unit('p3', '丙'), unit('p4', '丁')]
  const after = [unit(null, '总则'), unit('p2', '乙乙'), unit('p4', '丁'), unit('r2p3', '戊')]
  const sources = new Map([
    [1, ['p2']],
    [2, ['p4']],
    [3, []],
  ])
  const rows = compareRounds(before, after, sources, new Map(), new Map())
  expect(told(rows)).toEqual(['− p1', '# 总则', 'p2 reworded', '− p3', 'p4 unchanged', 'r2p3 new'])
})

test('the differences are those of the joined old texts, and what a person confirmed is told', () => {
  const before = [unit('p1', '养老服务站，'), unit('p2', '助餐点。')]
  const after = [unit('p1', '养老服务站和助餐点。')]
  const [row] = compareRounds(
    before,
    after,
    new Map([[0, ['p1', 'p2']]]),
    new Map([[0, 'merged']]),
    new Map(),
  )
  if (row?.kind !== 'clause') throw new Error('a clause was expected')
  expect(row.relation).toBe('merged')
  const joined = (changes: string[]) =>
    row.differences
      .filter(({ change }) => changes.includes(change))
      .map(({ text }) => text)
      .join('')
  expect(joined(['same', 'removed'])).toBe('养老服务站，助餐点。')
  expect(joined(['same', 'added'])).toBe('养老服务站和助餐点。')
})

test('every clause of both rounds is told once', () => {
  const before = ['p1', 'p2', 'p3', 'p4', 'p5'].map((key) => unit(key, key))
  const after = [unit('p4', 'p4'), unit('p1', 'p1')]
  const rows = compareRounds(
    before,
    after,
    new Map([
      [0, ['p4']],
      [1, ['p1']],
    ]),
    new Map(),
    new Map(),
  )
  expect(told(rows)).toEqual(['p4 unchanged', '− p5', 'p1 unchanged', '− p2', '− p3'])
})
