import { expect, test } from 'vitest'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { printUnit } from '../../../server/text/outlining/print.ts'
import { unwrap } from '../../../server/text/outlining/wrapped-lines.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'

/** What a PDF reader copies: paragraphs broken every 28 characters, a page number every twelve lines. */
function asCopied(paragraphs: string[], { indent = '　　', pages = true } = {}): string {
  const lines = paragraphs.flatMap((paragraph) => (indent + paragraph).match(/.{1,28}/gu) ?? [])
  return lines
    .flatMap((line, index) =>
      pages && index % 12 === 11 ? [line, '', `- ${(index + 1) / 12} -`, ''] : [line],
    )
    .join('\n')
}

const paragraphs = [
  '为了方便老年人就近养老，完善居家社区机构相协调、医养康养相结合的养老服务体系，根据有关法律、法规，结合本市实际，制定本办法。',
  '第一条　每个社区至少建设一处养老服务站，服务站应当设在一层或者有电梯的楼层，面积不少于三百平方米，并与住宅同步规划、同步建设、同步验收、同步交付。',
  '前款规定的服务站由街道办事处管理，可以委托有资质的机构运营，运营费用列入街道预算，接受老年人及其家属监督，每年公布一次服务质量评价结果。',
  '第二条　养老服务站应当提供下列服务，并在显著位置公示服务项目、收费标准和投诉电话，不得强制老年人购买保健品、理财产品或者其他与养老服务无关的商品：',
  '（一）生活照料、助餐、助浴、助洁、助行、助医以及其他日常生活方面的服务；',
  '（二）健康管理、康复护理、家庭病床、安宁疗护以及其他医疗卫生方面的服务。',
]
const read = (source: string) => readDraft(source).units.map((unit) => withoutGap(printUnit(unit)))
const withoutGap = (text: string) => text.replaceAll('　', '')

test('paragraphs that a PDF broke in lines are whole again, page numbers set aside', () => {
  const source = asCopied(paragraphs)
  const draft = readDraft(source)
  expect(read(source)).toEqual(paragraphs.map(withoutGap))
  expect(draft.artefacts.map(({ text, reason }) => `${text} ${reason}`)).toEqual(['- 1 - 页码'])
  expect(proveCompleteness(source, draft).holds).toBe(true)
})

test('without indents a full line that ends its sentence ends the paragraph', () => {
  const full = '街道办事处应当会同有关部门按照职责分工做好社区养老服务站'
  const end = `${full.slice(1)}。`
  expect(unwrap([full, full, full, end, full, full])).toEqual([full.repeat(3) + end, full.repeat(2)])
  const indented = [`　　${full.slice(2)}`, full, full, end, full, `　　${full.slice(2)}`]
  expect(unwrap(indented)).toHaveLength(2)
  const source = asCopied(paragraphs, { indent: '', pages: false })
  expect(read(source)).toEqual(paragraphs.map(withoutGap))
})

test('a number begins a paragraph, however the line before it ends', () => {
  const full = '街道办事处应当会同有关部门按照职责分工做好社区养老服务站'
  const lines = [full, full, full, full, full, `第三条　${full.slice(4)}`]
  expect(unwrap(lines)).toEqual([full.repeat(5), lines[5]])
})

test('words in Latin letters that a line end parts stay two', () => {
  const line = '本市推进算力基础设施建设，支持企业使用符合国家标准的'
  const lines = Array.from({ length: 6 }, (_, n) => `${line}${n % 2 ? 'model' : 'large'}`)
  expect(unwrap(lines)).toEqual([`${line}large${line}model${line}large${line}model${line}large${line}model`])
  expect(unwrap(['large', 'model'])).toEqual(['large', 'model'])
  const latin = Array.from({ length: 6 }, () => 'abcdefgh'.repeat(6))
  expect(unwrap(latin)).toEqual([latin.join(' ')])
})

test.each([
  ['paragraphs of their own length', paragraphs],
  ['short lines alike', ['助餐服务', '助浴服务', '助洁服务', '助行服务', '助医服务', '助急服务']],
  [
    'sentences equally long',
    Array.from({ length: 8 }, (_, n) => `第${n}号服务站由街道办事处管理，费用列入街道预算。`),
  ],
  [
    'rows of a table',
    Array.from({ length: 8 }, (_, n) => `社区养老服务站第${n}号\t建筑面积三百平方米以上\t街道办事处`),
  ],
])('what was not broken is left alone: %s', (_, lines) => {
  expect(unwrap([...lines])).toEqual(lines)
})
