import { describe, expect, test } from 'vitest'
import { proposedDifference } from '../../../server/text/comparing/proposed-difference.ts'

const clause =
  '推进新建晋城机场和长治机场迁建，完善红色航空运输体系。加快构建现代水网体系，力争开工建设吴家庄水库。'
const joined = (pieces: { change: string; text: string }[], ...changes: string[]) =>
  pieces
    .filter(({ change }) => changes.includes(change))
    .map(({ text }) => text)
    .join('')

describe('a proposed wording is set beside the words it is about', () => {
  test('the quoted ones', () => {
    const quote = { exact: '完善红色航空运输体系。' }
    const pieces = proposedDifference(clause, {
      proposal: 'amend',
      wording: '完善红色、绿色航空运输体系。',
      quote,
    })
    expect(joined(pieces, 'same', 'removed')).toBe(quote.exact)
    expect(joined(pieces, 'added')).toBe('、绿色')
  })

  test('the sentence most like it, where nothing is quoted', () => {
    const wording = '推进新建晋城机场和长治机场迁建，支持吕梁机场加密航线，完善红色航空运输体系。'
    const pieces = proposedDifference(clause, { proposal: 'amend', wording, quote: null })
    expect(joined(pieces, 'removed')).toBe('')
    expect(joined(pieces, 'same')).toBe('推进新建晋城机场和长治机场迁建，完善红色航空运输体系。')
    expect(joined(pieces, 'added')).toBe('支持吕梁机场加密航线，')
  })

  test('the whole clause, where it is a whole clause', () => {
    const wording = clause.replace('吴家庄水库', '吴家庄水库和配套灌区')
    const pieces = proposedDifference(clause, { proposal: 'amend', wording, quote: null })
    expect(joined(pieces, 'same', 'removed')).toBe(clause)
  })

  test('nothing, where it is like nothing', () => {
    expect(proposedDifference(clause, { proposal: 'amend', wording: '附任务分工表', quote: null })).toEqual([
      { change: 'added', text: '附任务分工表' },
    ])
  })
})

test('a deletion and an addition are shown as such', () => {
  const quote = { exact: '完善红色航空运输体系。' }
  expect(proposedDifference(clause, { proposal: 'delete', wording: null, quote })).toEqual([
    { change: 'removed', text: quote.exact },
  ])
  expect(proposedDifference(clause, { proposal: 'insert_after', wording: '同步建设公路。', quote })).toEqual([
    { change: 'same', text: quote.exact },
    { change: 'added', text: '同步建设公路。' },
  ])
  expect(
    proposedDifference(clause, { proposal: 'insert_after', wording: '同步建设公路。', quote: null }),
  ).toEqual([{ change: 'added', text: '同步建设公路。' }])
})
