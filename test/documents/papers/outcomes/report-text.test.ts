import { expect, test } from 'vitest'
import { reportText } from '../../../../server/documents/papers/outcomes/report-text.ts'

const facts = {
  title: '试点办法',
  organ: '某局',
  opensAt: new Date('2026-11-01T00:00:00Z'),
  closesAt: new Date('2026-12-01T00:00:00Z'),
}
const counts = {
  ...{ received: 9, people: 9, late: 0, admitted: 9, endorsements: 0 },
  ...{ states: { published: 9 }, channels: { web: 9 }, outcomes: { adopted: 9 } },
}

test('each answer that the report gives names the clauses that it is about', () => {
  const text = reportText(facts, counts, [
    { outcome: 'adopted', reason: '已写明时限。', count: 5, clauses: ['二、（一）'] },
    {
      outcome: 'adopted',
      reason: '已统一表述。',
      count: 4,
      clauses: ['第一条', '第二条', '第三条', '第九条'],
    },
    { outcome: 'not_adopted', reason: '没有上位法依据。', count: 1, clauses: ['第一条', '全文'] },
  ])
  expect(text).toContain('1. 关于二、（一）：已写明时限（涉及5条）。')
  expect(text).toContain('2. 关于第一条，第二条，第三条等4处：已统一表述（涉及4条）。')
  expect(text).toContain('1. 关于第一条，全文：没有上位法依据（涉及1条）。')
})
