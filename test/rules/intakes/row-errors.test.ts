import { expect, test } from 'vitest'
import { foldErrors, nameRows } from '../../../server/rules/intakes/row-errors.ts'

const wrong = (message: string, ...rows: number[]) => rows.map((row) => ({ row, message }))

test.each([
  [[7], '第 7 行'],
  [[4, 3], '第 3、4 行'],
  [[3, 4, 5, 57, 5], '第 3–5、57 行'],
])('rows %j are named %s', (rows, named) => {
  expect(nameRows(rows)).toBe(named)
})

test('of very many ranges the first are named', () => {
  const named = nameRows(Array.from({ length: 2500 }, (_, i) => i * 2 + 2))
  expect(named).toMatch(/^第 2、4、6、.*、60 行等 2500 行$/)
})

test('one mistake in 500 rows is one sentence', () => {
  const rows = Array.from({ length: 500 }, (_, i) => i + 2)
  expect(foldErrors(wrong('请填写意见内容', ...rows))).toEqual([
    { rows: '第 2–501 行', message: '请填写意见内容', each: [] },
  ])
})

test('mistakes of one kind with other particulars are one sentence, and each is kept', () => {
  const errors = [
    ...wrong('没有“（九十九）”这一条', 2, 3),
    ...wrong('意见内容至少 5 个字，现在 2 个', 3),
    ...wrong('没有“百”这一条', 9),
    ...wrong('意见内容至少 5 个字，现在 4 个', 11),
  ]
  expect(foldErrors(errors)).toEqual([
    {
      rows: '第 2、3、9 行',
      message: '没有“…”这一条',
      each: errors.filter(({ message }) => message.startsWith('没有')),
    },
    {
      rows: '第 3、11 行',
      message: '意见内容至少 5 个字，现在 … 个',
      each: errors.filter(({ message }) => message.startsWith('意见')),
    },
  ])
})

test('what differs in its words is not folded', () => {
  const errors = [...wrong('请填写收到日期', 2), ...wrong('请选择来源', 2)]
  expect(foldErrors(errors).map(({ message }) => message)).toEqual(['请填写收到日期', '请选择来源'])
})
