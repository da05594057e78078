import { describe, expect, test } from 'vitest'
import { zh } from '../../../server/locales/zh.ts'
import { readIntakeList } from '../../../server/rules/intakes/intake-list.ts'
import { indexClauses } from '../../../server/rules/intakes/intake-values.ts'

const units = [
  { key: 'p1', label: null, citation: '引言' },
  { key: 'p7', label: '（五）', citation: '三、（五）' },
  { key: 'p8', label: '（六）', citation: '三、（六）' },
  { key: 'p9', label: '1.', citation: '三、（六）1.' },
  { key: 'p11', label: '1.', citation: '三、（七）1.' },
]
const names = new Map([
  ['p7', { name: '（五）深度融入区域重大战略' }],
  ['p8', { name: '（六）深入推进新型城镇化建设' }],
])
const rules = {
  clauses: new Map(units.map(({ key }) => [key, ''])),
  regions: new Set(['长治市', '长治市武乡县']),
  required: new Set<string>(),
  index: indexClauses(units, names),
  today: '2026-11-23',
  says: zh.wrong,
}

function read(...lines: string[][]) {
  return readIntakeList(
    lines.map((cells, i) => ({ number: i + 1, cells })),
    rules,
  )
}

const header = [
  '意见内容（必填）',
  ' 类型',
  '条 款',
  '来源',
  '收到日期',
  '来文文号',
  '姓名',
  '单位',
  '身份',
  '代填',
  '是否公开',
]
const row = (over: Partial<Record<string, string>> = {}) =>
  header.map((name) => {
    const given: Record<string, string> = {
      '意见内容（必填）': '请写明时限和单位',
      ' 类型': '修改',
      '条 款': '（五）',
      来源: '来信',
      收到日期: '2026/11/3',
    }
    return over[name.trim()] ?? over[name] ?? given[name] ?? ''
  })
const errorsOf = (...lines: string[][]) =>
  read(header, ...lines).errors.map(({ row, message }) => `${row} ${message}`)

test('columns are known by name in any order, a letter is one submission with its rows as comments', () => {
  const { entries, errors, unknown } = read(
    [...header, '备注'],
    row({ 来文文号: '老促函〔2026〕3号', 姓名: '王秀英' }),
    row({ 来文文号: '老促函〔2026〕4号' }),
    row({
      来文文号: '老促函〔2026〕3号',
      '条 款': '深入推进新型城镇化建设',
      类型: '赞成',
      来源: '',
      收到日期: '',
    }),
    row(),
    row(),
  )
  expect(errors).toEqual([])
  expect(unknown).toEqual(['备注'])
  expect(entries.map(({ rows }) => rows)).toEqual([[2, 4], [3], [5], [6]])
  expect(entries[0]).toMatchObject({
    intake: { channel: 'letter', receivedOn: '2026-11-03', reference: '老促函〔2026〕3号', onBehalf: false },
    submission: {
      name: '王秀英',
      identity: 'individual',
      visibility: 'public',
      comments: [
        { clause: 'p7', stance: 'amend', body: '请写明时限和单位' },
        { clause: 'p8', stance: 'support' },
      ],
    },
  })
})

test.each([
  ['p7', 'p7'],
  ['P7', 'p7'],
  ['(五)', 'p7'],
  ['（五）深度融入区域重大战略。', 'p7'],
  ['三、（五）', 'p7'],
  ['全文', 'draft'],
])('the clause %s is %s', (typed, key) => {
  expect(read(header, row({ '条 款': typed })).entries[0]?.submission.comments[0]?.clause).toBe(key)
})

test.each([['2026-11-03'], ['2026.11.3'], ['2026年11月3日'], ['20261103'], ['２０２６年１１月３日']])(
  'the day %s is read',
  (typed) => {
    expect(read(header, row({ 收到日期: typed })).entries[0]?.intake.receivedOn).toBe('2026-11-03')
  },
)

describe('says by row what is wrong:', () => {
  test.each([
    [{ '条 款': '（九十九）' }, '2 没有“（九十九）”这一条，请照模板“条款”表填写'],
    [{ '条 款': '1.' }, '2 “1.”有 2 处，请填条款代码或者完整的名称'],
    [{ '条 款': '' }, '2 没有填条款（对全文的意见请填“全文”）'],
    [{ 类型: '批评' }, '2 意见类型“批评”不认得，请填：赞成、修改、反对、疑问'],
    [{ 类型: 'constructor' }, '2 意见类型“constructor”不认得，请填：赞成、修改、反对、疑问'],
    [{ 来源: '网上' }, '2 来源“网上”不认得，请填：来信、电话、电子邮件、座谈会、当面'],
    [{ 收到日期: '2026-02-30' }, '2 请填写收到日期，如 2026-11-23'],
    [{ 收到日期: '2026-11-24' }, '2 收到日期不能晚于今天'],
    [{ '意见内容（必填）': '' }, '2 请填写意见内容'],
    [
      { '意见内容（必填）': 'a\0bcdef' },
      '2 意见内容里有无法保存的字符（可能来自复制粘贴），请删去后重新输入',
    ],
    [{ 代填: '大概' }, '2 代填请填“是”或“否”，现在是“大概”'],
    [{ 单位: '某某局' }, '2 填了单位名称，请把身份也填上（企业、社会组织、机关事业单位等）'],
    [{ 身份: '企业' }, '2 请填写单位名称'],
  ])('%j', (over, message) => {
    expect(errorsOf(row(over))).toEqual([message])
  })

  test('rows of one letter that contradict one another', () => {
    const letter = { 来文文号: '1号', 姓名: '王秀英' }
    expect(errorsOf(row(letter), row(), row({ ...letter, 姓名: '李大山' }))).toEqual([
      '4 同一来文文号的姓名与第 2 行不同：一份来文只有一个姓名',
    ])
  })
})

test.each([
  [[], '第一行没有“来源”、“收到日期”、“条款”、“意见类型”、“意见内容”，请用模板的列名'],
  [[header], '表格里没有意见：请从第二行起，每行填一条意见'],
  [[[...header, '渠道'], row()], '“渠道”这一列出现了两次，请只留一列'],
])('a table without what it needs: %#', (lines, message) => {
  const { entries, errors } = read(...lines)
  expect(entries).toEqual([])
  expect(errors[0]?.message).toBe(message)
})
