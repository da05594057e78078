import { expect, test } from 'vitest'
import { readDocument } from '../../../server/documents/reading/read-document.ts'
import { abstractList, aDocx, type DocxParts, item, list, p } from '../a-docx.ts'

/** The lines of a document's source; a last paragraph keeps the others from being nothing but a title. */
async function lines(parts: DocxParts): Promise<string[]> {
  const bytes = aDocx({ ...parts, body: `${parts.body}${p('完。')}` })
  const { source } = await readDocument({ filename: '稿.docx', bytes })
  return source.split('\n').slice(0, -1)
}

const policy = abstractList(0, [
  ['chineseCounting', '%1、'],
  ['chineseCountingThousand', '（%2）'],
  ['decimal', '%3.'],
  ['decimal', '（%4）'],
  ['decimalEnclosedCircle', '%5', '<w:suff w:val="nothing"/>'],
])

test('automatic numbers are computed as Word prints them, each level anew under a higher one', async () => {
  const body = [
    p('总体要求', item(1, 0)),
    p('原则。', item(1, 1)),
    p('目标。', item(1, 1)),
    p('重点任务', item(1, 0)),
    p('农业。', item(1, 1)),
    p('粮食。', item(1, 2)),
    p('蔬菜。', item(1, 2)),
    p('大棚。', item(1, 3)),
    p('选种。', item(1, 4)),
    p('工业。', item(1, 1)),
    p('钢铁。', item(1, 2)),
  ].join('')
  expect(await lines({ body, numbering: policy + list(1, 0) })).toEqual([
    '一、 总体要求',
    '（一） 原则。',
    '（二） 目标。',
    '二、 重点任务',
    '（一） 农业。',
    '1. 粮食。',
    '2. 蔬菜。',
    '（1） 大棚。',
    '①选种。',
    '（二） 工业。',
    '1. 钢铁。',
  ])
})

test('w:lvlRestart 0 lets （一） run on across chapters; articles run on below chapters', async () => {
  const numbering =
    abstractList(0, [
      ['chineseCountingThousand', '第%1章'],
      ['chineseCountingThousand', '第%2条', '<w:lvlRestart w:val="0"/>'],
    ]) + list(7, 0)
  const body = [0, 1, 1, 0, 1].map((ilvl) => p('文字', item(7, ilvl))).join('')
  expect(await lines({ body, numbering })).toEqual([
    '第一章 文字',
    '第一条 文字',
    '第二条 文字',
    '第二章 文字',
    '第三条 文字',
  ])
})

test('lists of one definition go on counting; a start override begins anew, once', async () => {
  const override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
  const five = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
  const numbering =
    abstractList(0, [['decimal', '%1．']]) + list(1, 0) + list(2, 0) + list(3, 0, override) + list(4, 0, five)
  const body = [1, 1, 2, 3, 3, 1, 4, 4].map((numId) => p('项', item(numId))).join('')
  expect(await lines({ body, numbering })).toEqual(
    ['1．', '2．', '3．', '1．', '2．', '3．', '5．', '6．'].map((label) => `${label} 项`),
  )
})

test('a level overridden in the list, a list named by a style, a list that only points to another', async () => {
  const changed =
    '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride>'
  const numbering =
    abstractList(0, [
      ['chineseCounting', '%1、'],
      ['chineseCounting', '（%2）', '<w:pStyle w:val="Second"/>'],
    ]) +
    '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Listed"/></w:abstractNum>' +
    abstractList(6, [['ideographTraditional', '%1.']]).replace(
      '<w:lvl ',
      '<w:styleLink w:val="Listed"/><w:lvl ',
    ) +
    list(1, 0) +
    list(2, 0, changed) +
    list(3, 5)
  const styles =
    '<w:style w:type="paragraph" w:styleId="First"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
    '<w:style w:type="paragraph" w:styleId="Second"><w:basedOn w:val="First"/></w:style>'
  const body = [
    p('甲', '<w:pStyle w:val="First"/>'),
    p('乙', '<w:pStyle w:val="Second"/>'),
    p('无号', '<w:pStyle w:val="First"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
    p('丙', item(3)),
    p('丁', item(3)),
  ].join('')
  expect(await lines({ body, numbering, styles })).toEqual([
    '一、 甲',
    '（一） 乙',
    '无号',
    '甲. 丙',
    '乙. 丁',
  ])
  expect(await lines({ body: p('罗马', item(2)), numbering })).toEqual(['III) 罗马'])
})

test('multi-level decimals, legal numbering and levels not yet counted', async () => {
  const numbering =
    abstractList(0, [
      ['chineseCounting', '%1'],
      ['decimal', '%1.%2', '<w:isLgl/>'],
      ['decimal', '%1.%2.%3', '<w:isLgl/>'],
    ]) + list(1, 0)
  const body = [0, 1, 2, 2, 0, 2].map((ilvl) => p('节', item(1, ilvl))).join('')
  expect(await lines({ body, numbering })).toEqual(
    ['一', '1.1', '1.1.1', '1.1.2', '二', '2.1.1'].map((label) => `${label} 节`),
  )
})

test.each([
  ['decimalZero', 3, '03'],
  ['upperRoman', 14, 'XIV'],
  ['lowerRoman', 9, 'ix'],
  ['upperLetter', 28, 'BB'],
  ['lowerLetter', 3, 'c'],
  ['decimalFullWidth', 12, '１２'],
  ['decimalEnclosedCircle', 20, '⑳'],
  ['decimalEnclosedCircle', 21, '21'],
  ['decimalEnclosedFullstop', 2, '⒉'],
  ['decimalEnclosedParen', 2, '⑵'],
  ['ideographEnclosedCircle', 3, '㊂'],
  ['ideographTraditional', 10, '癸'],
  ['ideographZodiac', 12, '亥'],
  ['ideographZodiacTraditional', 13, '丙子'],
  ['chineseLegalSimplified', 12, '壹拾贰'],
  ['ideographDigital', 10, '一〇'],
  ['chineseCounting', 21, '二十一'],
  ['chineseCountingThousand', 105, '一百零五'],
  ['japaneseCounting', 11, '十一'],
  ['none', 3, ''],
  ['unheardOf', 3, '3'],
])('%s prints %i as %s', async (format, start, printed) => {
  const numbering = abstractList(0, [[format, '〔%1〕']]).replace(
    'w:start w:val="1"',
    `w:start w:val="${start}"`,
  )
  expect(await lines({ body: p('甲', item(1)), numbering: numbering + list(1, 0) })).toEqual([
    `〔${printed}〕 甲`,
  ])
})

test('bullets of symbol fonts become ●; an unknown list numbers nothing', async () => {
  const numbering = abstractList(0, [['bullet', '\uF0B7']]) + list(1, 0)
  expect(await lines({ body: p('甲', item(1)) + p('乙', item(9)), numbering })).toEqual(['● 甲', '乙'])
})
