import { expect, test } from 'vitest'
import { citing } from '../../../server/text/outlining/citing.ts'

const clauses = [
  { key: 'p1', label: '（一）', text: '依照第（三）条办理。' },
  { key: 'p2', label: '第八条', text: '按前条规定执行。' },
  { key: 'p3', label: '（三）', text: '依照第八条办理。' },
  { key: 'p4', label: null, text: '上一条所称单位，包括企业。' },
]

test('a clause is cited by its number, in brackets or not, and as the one before', () => {
  expect(citing('p3', clauses)).toEqual(['p1', 'p4'])
  expect(citing('p2', clauses)).toEqual(['p3'])
  expect(citing('p1', clauses)).toEqual(['p2'])
  expect(citing('p4', clauses)).toEqual([])
  expect(citing('p9', clauses)).toEqual([])
})
