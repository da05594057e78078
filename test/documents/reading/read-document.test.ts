import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readDocument, readPastedText } from '../../../server/documents/reading/read-document.ts'
import { UnreadableDocument } from '../../../server/documents/reading/unreadable-document.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'
import { replay } from '../../../server/text/repairing/repair.ts'
import { zip } from '../zip.ts'

const text =
  '甲办法（征求意见稿）\r\n　　第一条　为了规范管理，制定本办法。\r\n　　第二条　本办法自公布之日起施行。\r\n'
const read = (bytes: Buffer, filename = '稿') => readDocument({ filename, bytes })

test.each([
  ['UTF-8', Buffer.from(text), []],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), []],
  ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), []],
  ['GB18030', iconv.encode(text, 'gb18030'), ['文件按 GB18030 编码读取。']],
])('text in %s is read by its content, whatever its name', async (_, bytes, notes) => {
  for (const filename of ['稿.txt', '稿.docx', '']) {
    const file = await read(bytes, filename)
    expect(file.draft.title).toBe('甲办法（征求意见稿）')
    expect(file.draft.units.map((unit) => unit.citation)).toEqual(['第一条', '第二条'])
    expect(file.notes).toEqual(notes)
    expect(proveCompleteness(file.source, file.draft).holds).toBe(true)
  }
})

test('characters beyond GBK survive', async () => {
  const rare = '甲办法\n第一条　𠮷野、䶮、㑇。'
  expect((await read(iconv.encode(rare, 'gb18030'))).draft.units[0]?.text).toBe('𠮷野、䶮、㑇。')
})

test('control characters become visible, are listed, and nothing that cannot be stored is left', () => {
  const { source, draft } = readPastedText('甲办法\n第一条　为\u0000了\u0007。\n第二条　\uD800乙。')
  expect(draft.units.map((unit) => unit.text)).toEqual(['为了。', '\uFFFD乙。'])
  expect(draft.artefacts.map((artefact) => artefact.text)).toEqual(['␀', '␇'])
  expect(source.includes('\0')).toBe(false)
  expect(source).not.toMatch(/\p{Surrogate}/u)
  expect(proveCompleteness(source, draft).holds).toBe(true)
})

test('Markdown is read without its marks; headings keep their rank', async () => {
  const markdown = `---
title: x
---
# 甲方案（征求意见稿）

## 前言

为了**加快**发展，见[网站](http://example.cn)。

## 一、任务

1\\. 修路
2. 架桥

| 单位 | 任务 |
|---|:-:|
| 省厅 | 统筹 |

> - 引用
`
  const { draft, source, repairs } = await read(Buffer.from(markdown), '稿.md')
  expect(draft.title).toBe('甲方案（征求意见稿）')
  expect(draft.units.map(({ kind, level, label, text }) => [kind, level, label, text])).toEqual([
    ['heading', 1, null, '前言'],
    ['clause', 2, null, '为了加快发展，见网站。'],
    ['heading', 1, '一、', '任务'],
    ['clause', 2, '1.', '修路'],
    ['clause', 2, '2.', '架桥'],
    ['table', 2, null, '单位\t任务\n省厅\t统筹'],
    ['clause', 2, null, '● 引用'],
  ])
  expect(replay(readDraft(source), repairs)).toEqual(draft)
})

test('a web page is read as it is seen: paragraphs, tables, list numbers, nothing hidden', async () => {
  const html = `<!DOCTYPE html><html><head><title>站</title><style>p{}</style></head><body>
    <script>alert(1)</script><h1>甲办法</h1><p>（征求意见稿）</p>
    <p>　　第一条&nbsp;为了<b>规范</b>管理。<br>第二条 适用&lt;本市&gt;。</p>
    <div style="display:none">看不见</div><p hidden>也看不见</p>
    <ol start="3"><li>乙</li><li><p>丙</p></li></ol><ul><li>丁</li></ul>
    <table><tr><th colspan="2">表</th></tr><tr><td rowspan="2">上</td><td>1</td></tr><tr><td>2</td></tr></table>
    <table><tr><td><p>版式表格里的段落。</p></td></tr></table>
    <pre>原样一
原样二</pre></body></html>`
  const { draft } = await read(Buffer.from(html), '稿.html')
  expect(draft.title).toBe('甲办法（征求意见稿）')
  expect(draft.units.map(({ label, text, table }) => table ?? (label ?? '') + text)).toEqual([
    '第一条为了规范管理。',
    '第二条适用<本市>。',
    '3.乙',
    '4.丙',
    '● 丁',
    [
      ['表', ''],
      ['上', '1'],
      ['', '2'],
    ],
    '版式表格里的段落。',
    '原样一',
    '原样二',
  ])
})

test('a text with a literal <BR> in it is no web page', async () => {
  const { draft } = await read(Buffer.from('甲办法<BR>第一条 甲<5。<BR>'), '稿.txt')
  expect(draft.units[0]?.text).toBe('甲<5。')
})

test.each([
  ['%PDF-1.7\n', /PDF.*请上传排版前的 \.docx 原稿/],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', /\.doc、\.wps.*另存为 \.docx/],
  ['{\\rtf1\\ansi', /RTF.*另存为 \.docx/],
  ['\x89PNG\r\n\x1a\n', /图片（扫描件）/],
  ['\xff\xd8\xff\xe0', /图片（扫描件）/],
  ['Rar!\x1a\x07', /压缩包/],
  ['MZ\x90\x00\x03\x00\x00\x00', /程序/],
  ['', /空的/],
  [' \n\t\xe3\x80\x80\n', /没有读到正文/],
  ['\x00\x01\x02\x03\x00\x01\x02\x03', /无法识别/],
  ['PK\x03\x04garbage', /已损坏/],
])('%j is refused with what to do', async (bytes, message) => {
  const reading = read(Buffer.from(bytes, 'latin1'), '稿.docx')
  await expect(reading).rejects.toThrow(UnreadableDocument)
  await expect(reading).rejects.toThrow(message)
})

test.each([
  ['xl/workbook.xml', /Excel/],
  ['ppt/presentation.xml', /演示文稿/],
  ['OFD.xml', /OFD/],
  ['content.xml', /OpenDocument/],
  ['稿.docx', /压缩包，请解压/],
])('a zip file with %s is refused with what to do', async (name, message) => {
  await expect(read(zip([{ name, content: 'x' }]))).rejects.toThrow(message)
})

test('a web page made to be endless is refused', async () => {
  await expect(read(Buffer.from(`<html>${'<b>'.repeat(200_000)}`))).rejects.toThrow(/过于复杂/)
  await expect(read(Buffer.from(`<html>${'<div>'.repeat(5_000)}甲。`))).rejects.toThrow(/嵌套过深/)
  await expect(read(Buffer.alloc(9 * 1024 * 1024, 'a'))).rejects.toThrow(/超过 8 MB/)
})

test('lines that a PDF broke are joined, and the reader is told', () => {
  const paragraph =
    '　　第一条　每个社区至少建设一处养老服务站，服务站应当设在一层或者有电梯的楼层，面积不少于三百平方米，并与住宅同步规划、同步建设、同步验收、同步交付，由街道办事处统一管理，费用列入预算。'
  const lines = ['甲办法', ...(paragraph.match(/.{1,16}/gu) ?? []), '　　第二条　本办法自公布之日起施行。']
  const { draft, notes } = readPastedText(lines.join('\n'))
  expect(draft.units.map((unit) => unit.citation)).toEqual(['第一条', '第二条'])
  expect(notes).toEqual([expect.stringContaining('已接成段落')])
})
