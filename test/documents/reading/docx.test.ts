import { expect, test } from 'vitest'
import { readDocument } from '../../../server/documents/reading/read-document.ts'
import { abstractList, aDocx, type DocxParts, item, list, p } from '../a-docx.ts'

const title = p('甲办法（征求意见稿）')
const read = (parts: DocxParts) =>
  readDocument({ filename: '稿.docx', bytes: aDocx({ ...parts, body: title + parts.body }) })
const texts = async (parts: DocxParts) => (await read(parts)).draft.units.map((unit) => unit.text)
const run = (inside: string) => `<w:p><w:r>${inside}</w:r></w:p>`

test('words split over runs, links and smart tags are one paragraph', async () => {
  const body = `<w:p><w:r><w:t>为了</w:t></w:r><w:hyperlink><w:r><w:t>规范</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t xml:space="preserve">管理 A </w:t></w:r></w:smartTag><w:r><w:t>&lt;B&gt;。</w:t></w:r></w:p>`
  expect(await texts({ body })).toEqual(['为了规范管理 A <B>。'])
})

test('tabs, line ends and page breaks set by hand do not run words together', async () => {
  const body = run(
    '<w:t>第一条</w:t><w:tab/><w:t>为了。</w:t><w:br/><w:t>第二条</w:t><w:tab/><w:t>适用。</w:t><w:br w:type="page"/>',
  )
  expect((await read({ body })).draft.units.map(({ label, text }) => [label, text])).toEqual([
    ['第一条', '为了。'],
    ['第二条', '适用。'],
  ])
})

test('tracked changes are taken as accepted, and the notes say so', async () => {
  const body =
    '<w:p><w:r><w:t>应当</w:t></w:r><w:del><w:r><w:delText>立即</w:delText></w:r></w:del><w:ins><w:r><w:t>及时</w:t></w:r></w:ins><w:r><w:t>公开。</w:t></w:r></w:p>' +
    '<w:p><w:moveFrom><w:r><w:t>移走。</w:t></w:r></w:moveFrom></w:p>' +
    '<w:p><w:moveTo><w:r><w:t>移来。</w:t></w:r></w:moveTo></w:p>' +
    '<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>' +
    p('后半。')
  const { draft, notes } = await read({ body })
  expect(draft.units.map((unit) => unit.text)).toEqual(['应当及时公开。', '移来。', '前半后半。'])
  expect(notes).toEqual(['文件里有修订痕迹，已按“接受全部修订”读取。'])
})

test('a deleted numbered paragraph takes no number', async () => {
  const deleted = `<w:p><w:pPr>${item(1)}<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删去。</w:delText></w:r></w:del></w:p>`
  const numbering = abstractList(0, [['chineseCounting', '%1、']]) + list(1, 0)
  const { source } = await read({ body: p('甲。', item(1)) + deleted + p('乙。', item(1)), numbering })
  expect(source.split('\n').slice(1)).toEqual(['一、 甲。', '二、 乙。'])
})

test('a table is one clause with its cells; automatic numbers, spans and deleted rows included', async () => {
  const cell = (inside: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${inside}</w:tc>`
  const row = (inside: string, properties = '') => `<w:tr><w:trPr>${properties}</w:trPr>${inside}</w:tr>`
  const numbering = abstractList(0, [['decimal', '%1']]) + list(1, 0)
  const table = `<w:tbl>${[
    row(cell(p('任务清单'), '<w:gridSpan w:val="3"/>')),
    row(cell(p('', item(1))) + cell(p('修路') + p('架桥')) + cell(p('交通局'))),
    row(cell(p('', item(1))) + cell(p('种树')) + cell(p(''), '<w:vMerge/>')),
    row(cell(p('删')) + cell(p('删')) + cell(p('删')), '<w:del/>'),
  ].join('')}</w:tbl>`
  const { draft } = await read({ body: `${p('一、任务')}${p('如下表。')}${table}${p('完。')}`, numbering })
  expect(draft.units[2]).toMatchObject({
    kind: 'table',
    key: 'p2',
    citation: '一、表1',
    table: [
      ['任务清单', '', ''],
      ['1', '修路\n架桥', '交通局'],
      ['2', '种树', ''],
    ],
  })
  expect(draft.units.map((unit) => unit.kind)).toEqual(['heading', 'clause', 'table', 'clause'])
})

test('a table of one column frames paragraphs; a table in a cell is read row by row', async () => {
  const one = `<w:tbl><w:tr><w:tc>${p('第一条　甲。')}${p('第二条　乙。')}</w:tc></w:tr></w:tbl>`
  expect(await texts({ body: one })).toEqual(['甲。', '乙。'])
  const inner = `<w:tbl><w:tr><w:tc>${p('子')}</w:tc><w:tc>${p('丑')}</w:tc></w:tr></w:tbl>`
  const outer = `<w:tbl><w:tr><w:tc>${p('外')}</w:tc><w:tc>${inner}</w:tc></w:tr></w:tbl>`
  expect((await read({ body: p('见表。') + outer })).draft.units[1]?.table).toEqual([['外', '子　丑']])
})

test('footnotes are written where they are referred to', async () => {
  const footnotes =
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>' +
    `<w:footnote w:id="2">${p('指规模以上企业。')}</w:footnote>`
  const body = run('<w:t>企业</w:t><w:footnoteReference w:id="2"/><w:t>应当报告。</w:t>')
  const { draft, notes } = await read({ body, footnotes })
  expect(draft.units[0]?.text).toBe('企业〔注：指规模以上企业。〕应当报告。')
  expect(notes).toEqual(['有 1 条脚注、尾注，以〔注：…〕写在引用的地方。'])
})

test('text boxes follow the paragraph that they are anchored in, once', async () => {
  const box = `<wps:txbx><w:txbxContent>${p('框内第一段。')}${p('框内第二段。')}</w:txbxContent></wps:txbx>`
  const body = `<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
  const { draft, notes } = await read({ body })
  expect(draft.units.map((unit) => unit.text)).toEqual(['正文。', '框内第一段。', '框内第二段。'])
  expect(notes).toEqual(['有 1 个文本框，其中的文字放在所在段落之后。'])
})

test('fields show their result, content controls their words, placeholders nothing', async () => {
  const field =
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>见第3页。</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
  const control = `<w:sdt><w:sdtPr/><w:sdtContent>${p('控件里的段落。')}</w:sdtContent></w:sdt>`
  const placeholder =
    '<w:p><w:r><w:t>日期：</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击输入日期</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>止。</w:t></w:r></w:p>'
  expect(await texts({ body: field + control + placeholder })).toEqual([
    '见第3页。',
    '控件里的段落。',
    '日期：止。',
  ])
})

test('what cannot be read is said in the notes', async () => {
  const body =
    run('<w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t>') +
    run(
      '<w:t>正文</w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:char="F021"/><w:t>。</w:t><w:commentReference/>',
    ) +
    run('<w:drawing><a:blip/></w:drawing>') +
    run('<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>') +
    '<w:altChunk/>'
  const { draft, notes } = await read({
    body,
    header: p('内部资料'),
    relationships:
      '<Relationship Id="t" Type="x/attachedTemplate" Target="http://example.cn/a.dotm" TargetMode="External"/><Relationship Id="h" Type="x/hyperlink" Target="http://example.cn" TargetMode="External"/>',
  })
  expect(draft.units.map((unit) => unit.text)).toEqual(['正文☑□。', 'x=1'])
  expect(notes).toEqual([
    '有 1 处隐藏文字没有读取。',
    '有 1 个特殊符号以□代替，请核对。',
    '有 1 条批注没有读取。',
    '有 1 张图片没有读取。',
    '有 1 个公式按文字读取，请核对。',
    '文件里嵌入了 1 份其他文档，没有读取，请把其中的文字复制到正文里。',
    '文件引用了 1 处外部内容，没有读取。',
    '页眉、页脚不作为正文读取。',
  ])
})

test('paragraphs styled as headings are raised by recorded steps', async () => {
  const styles =
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>' +
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
  const heading = (level: number, text: string) => p(text, `<w:pStyle w:val="${level}"/>`)
  const body = [heading(1, '前言'), p('为了甲。'), heading(1, '正文'), heading(2, '背景'), p('乙。')].join('')
  const { draft, repairs } = await read({ body, styles })
  expect(draft.units.map(({ kind, level, text }) => [kind, level, text])).toEqual([
    ['heading', 1, '前言'],
    ['clause', 2, '为了甲。'],
    ['heading', 1, '正文'],
    ['heading', 2, '背景'],
    ['clause', 3, '乙。'],
  ])
  expect(repairs[0]).toEqual({ act: 'raise', unit: 0 })
})
