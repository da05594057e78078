import { expect, test } from 'vitest'
import { readLabel } from '../../../server/text/outlining/labels.ts'

test.each([
  ['一、总体要求', 'han', '一、', 1, '总体要求'],
  ['二十一、附则', 'han', '二十一、', 21, '附则'],
  ['（三）深化合作', 'han-paren', '（三）', 3, '深化合作'],
  ['(十二)深化合作', 'han-paren', '(十二)', 12, '深化合作'],
  ['9.在国内从事测绘', 'digit', '9.', 9, '在国内从事测绘'],
  ['1．总则', 'digit', '1．', 1, '总则'],
  ['１２、总则', 'digit', '１２、', 12, '总则'],
  ['4.2027年起施行', 'digit', '4.', 4, '2027年起施行'],
  ['（1）浇水', 'digit-paren', '（1）', 1, '浇水'],
  ['2)浇水', 'digit-half', '2)', 2, '浇水'],
  ['③浇水', 'circled', '③', 3, '浇水'],
  ['㉑浇水', 'circled', '㉑', 21, '浇水'],
  ['㈡增加绿量', 'han-paren', '㈡', 2, '增加绿量'],
  ['1.2.3 市指挥部', 'path-3', '1.2.3', 3, '市指挥部'],
  ['第一编　总则', 'volume', '第一编', 1, '总则'],
  ['第 二 章  附 则', 'chapter', '第 二 章', 2, '附 则'],
  ['第一百零五条　为了', 'article', '第一百零五条', 105, '为了'],
  ['附件4：术语解释', 'annex', '附件4：', 4, '术语解释'],
  ['附表一 清单', 'annex', '附表一', 1, '清单'],
  ['附件：清单', 'annex', '附件：', 0, '清单'],
])('%s', (line, kind, printed, ordinal, rest) => {
  expect(readLabel(line)).toMatchObject({ kind, printed, ordinal, rest })
})

test('第十七条之一 is the first article inserted after the seventeenth', () => {
  expect(readLabel('第十七条之一　驾驶人')).toMatchObject({
    printed: '第十七条之一',
    ordinal: 17,
    besides: 1,
  })
})

test.each([
  ['一、二级海塘建设需要分期实施的', 'prose'],
  ['一、二、三产业融合', 'prose'],
  ['1、2号线', 'prose'],
  ['第十条规定的情形', 'prose'],
  ['第三条第二款规定的结果', 'prose'],
  ['（一）至（三）项所称', 'prose'],
  ['（一）项规定的', 'prose'],
  ['1.5万亩', 'decimal'],
  ['五、一体推进教育科技人才发展', null],
  ['（一）项目建设。', null],
  ['（二）及时清理', null],
  ['第三条所有单位', null],
  ['第十条 规定的情形', null],
])('%s reads on: %s', (line, doubt) => {
  expect(readLabel(line)?.doubt).toBe(doubt)
})

test.each([
  '2026年起',
  '2026.1.1起施行',
  '5G基站',
  '100个县',
  '十年树木',
  '第一，摸清底数',
  '附则',
  '〔一〕',
  '',
  '(Ab)',
])('%s has no label', (line) => {
  expect(readLabel(line)).toBe(null)
})
