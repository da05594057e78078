import { expect, test } from 'vitest'
import { type Edit, editsOf, merged } from '../../../server/text/comparing/merging.ts'

const clause = '加强领导。各级各部门要落实责任。建立考核机制，定期通报。'
const wish = (id: string, proposal: string, wording: string | null, exact: string | null = null) => ({
  id,
  edits: editsOf(clause, { proposal, wording, quote: exact === null ? null : { exact } }),
})

test('wishes for other words of one clause are all met', () => {
  const { text, met, clashing } = merged(clause, [
    wish('a', 'amend', '各级各部门要落实主体责任。', '各级各部门要落实责任。'),
    wish('b', 'insert_after', '每年公布一次。', '定期通报。'),
    wish('c', 'delete', null, '加强领导。'),
  ])
  expect(text).toBe('各级各部门要落实主体责任。建立考核机制，定期通报。每年公布一次。')
  expect([met, clashing]).toEqual([['a', 'b', 'c'], []])
})

test('two that touch the same words are left to a person, and the same wish of two is met once', () => {
  const { text, met, clashing } = merged(clause, [
    wish('a', 'amend', '每月通报。', '定期通报。'),
    wish('b', 'amend', '每季度通报。', '定期通报。'),
    wish('c', 'amend', '各级各部门要落实主体责任。', '各级各部门要落实责任。'),
    wish('d', 'amend', '各级各部门要落实主体责任。', '各级各部门要落实责任。'),
  ])
  expect(text).toBe('加强领导。各级各部门要落实主体责任。建立考核机制，定期通报。')
  expect([met, clashing]).toEqual([['c', 'd'], [['a', 'b']]])
})

test('a proposal whose words are not in the clause changes nothing', () => {
  expect(editsOf(clause, { proposal: 'delete', wording: null, quote: { exact: '没有这句' } })).toEqual([])
})

test('in whatever order 2,000 sets of disjoint wishes come, the text is the same', () => {
  let state = 7
  const chance = (end: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
  const text = [...'一二三四五六七八九十'.repeat(6)].join('')
  for (let round = 0; round < 2_000; round++) {
    const wanted: { id: string; edits: Edit[] }[] = []
    for (let place = chance(4); place < 55; place += 2 + chance(8)) {
      const end = place + chance(3)
      wanted.push({
        id: `w${place}`,
        edits: [{ start: place, end, text: ['甲', '𠮷乙', ''][chance(3)] ?? '' }],
      })
      place = end
    }
    const shuffled = [...wanted].sort(() => chance(3) - 1)
    const [one, other] = [merged(text, wanted), merged(text, shuffled)]
    expect(other.text).toBe(one.text)
    expect(other.met).toEqual(one.met)
    expect(one.clashing).toEqual([])
  }
})
