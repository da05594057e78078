import { expect, test } from 'vitest'
import { doubtfulCitations } from '../../../server/text/outlining/citing.ts'
import { citationsIn, numberKey } from '../../../server/text/outlining/said-citations.ts'

test('what a text cites is found as it says it', () => {
  for (const [text, said] of [
    ['见第八条。', ['第八条']],
    ['依照第三条第二款办理', ['第三条第二款']],
    ['第三条至第六条的规定', ['第三条至第六条']],
    ['符合第（三）项规定', ['第（三）项']],
    ['按照（三）办理', ['（三）']],
    ['（一）开头的编号不是引用', []],
    ['按前款规定执行，前条另有规定的除外', ['前款', '前条']],
    ['本条第二款所称', ['本条第二款']],
    ['依照第十七条之一处理', ['第十七条之一']],
    ['依照《中华人民共和国行政处罚法》第八条、第九条处理', []],
    ['各级各部门条件成熟的', []],
  ] as const)
    expect(
      citationsIn(text).map((one) => one.said),
      text,
    ).toEqual(said)
  expect(citationsIn('第三条至第五条')[0]?.numbers).toEqual(['3', '4', '5'])
  expect(['第八条', '（八）', '第（八）条', '第八条之一', '8.'].map(numberKey)).toEqual([
    '8',
    '(8)',
    '(8)',
    '8-1',
    null,
  ])
})

const before = [
  { key: 'p1', label: '第一条', text: '目的。' },
  { key: 'p2', label: '第二条', text: '范围。' },
  { key: 'p3', label: '第三条', text: '依照第二条和第一条办理。' },
  { key: 'p4', label: '第四条', text: '前条所称单位，按前款办理。' },
]
const doubts = (after: typeof before) =>
  doubtfulCitations(before, after).map(({ key, said, why, now }) => [key, said, why, now])

test('nothing is doubtful where nothing has changed', () => {
  expect(doubts(before)).toEqual([])
})

test('a clause that is put in moves the numbers behind it, and what stands before them', () => {
  const added = { key: 'r2p2', label: '第二条', text: '新的。' }
  const [one, two, three, four] = before as [
    (typeof before)[0],
    (typeof before)[0],
    (typeof before)[0],
    (typeof before)[0],
  ]
  const after = [
    one,
    added,
    { ...two, label: '第三条' },
    { ...three, label: '第四条' },
    { ...four, label: '第五条' },
  ]
  expect(doubts(after)).toEqual([['p3', '第二条', 'renumbered', 'r2p2']])
  const between = [one, two, three, { ...added, label: '第四条' }, { ...four, label: '第五条' }]
  expect(doubts(between)).toEqual([['p4', '前条', 'renumbered', 'r2p2']])
})

test('what is dropped, reworded or cites itself is told', () => {
  const [one, two, three, four] = before as [
    (typeof before)[0],
    (typeof before)[0],
    (typeof before)[0],
    (typeof before)[0],
  ]
  expect(doubts([one, { ...three, label: '第二条' }, { ...four, label: '第三条' }])).toEqual([
    ['p3', '第二条', 'dropped', 'p3'],
  ])
  expect(doubts([{ ...one, text: '新的目的。' }, two, three, four])).toEqual([
    ['p3', '第一条', 'changed', 'p1'],
  ])
  const own = { ...four, text: '插入的一款。前条所称单位，按前款办理。' }
  expect(doubts([one, two, three, own])).toEqual([['p4', '前款', 'changed', 'p4']])
})

test('a new sentence that cites a number which nothing has is told, one that cites what is there is not', () => {
  const [one, two, three, four] = before as [
    (typeof before)[0],
    (typeof before)[0],
    (typeof before)[0],
    (typeof before)[0],
  ]
  expect(doubts([one, { ...two, text: '见第九条。' }, three, four])).toEqual([
    ['p2', '第九条', 'missing', null],
    ['p3', '第二条', 'changed', 'p2'],
  ])
  expect(doubts([one, { ...two, text: '见第四条。' }, three, four])).toEqual([
    ['p3', '第二条', 'changed', 'p2'],
  ])
})

test('what several clauses are numbered by leads to none of them', () => {
  const items = [
    { key: 'p1', label: '（一）', text: '甲。' },
    { key: 'p2', label: '（一）', text: '乙，按第（一）项办理。' },
  ]
  expect(
    doubtfulCitations(
      items,
      [items[1], items[0]].flatMap((one) => one ?? []),
    ),
  ).toEqual([])
})
