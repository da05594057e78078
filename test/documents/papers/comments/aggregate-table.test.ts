import { expect, test } from 'vitest'
import { aggregateTable } from '../../../../server/documents/papers/comments/aggregate-table.ts'

const cell = (clause: string, region: string | null, count: number) => ({
  ...{ clause, region, count, stance: 'amend', state: 'published' },
  ...{ identity: 'individual', channel: 'web' },
})
const place = (citation: string) => ({ citation, name: citation, label: '', text: citation })

test('regions stand in the official order, what was left empty last; each clause has its share, and all are summed up once', () => {
  const { columns, rows } = aggregateTable(
    [cell('p1', null, 1), cell('p1', '长治市', 4), cell('p2', '晋中市', 2), cell('p2', '省外', 1)],
    new Map([
      ['p1', place('第一条')],
      ['p2', place('第二条')],
    ]),
    [
      { name: '晋中市', counties: [] },
      { name: '长治市', counties: [] },
    ],
    { scope: 'internal', header: 'zh' },
  )
  const headers = columns.map(({ header }) => header)
  expect(headers.slice(-5)).toEqual(['晋中市', '长治市', '省外', '未填写', '占全部的'])
  const all = [...(rows as Iterable<unknown[]>)]
  expect(all.map((row) => [row[0], row[3], ...row.slice(-5)])).toEqual([
    ['p1', 5, 0, 4, 0, 1, '62.5%'],
    ['p2', 3, 2, 0, 1, 0, '37.5%'],
    ['合计', 8, 2, 4, 1, 1, '100.0%'],
  ])
})
