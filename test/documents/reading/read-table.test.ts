import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { writeXlsx } from '../../../server/documents/formats/xlsx.ts'
import { readTable } from '../../../server/documents/reading/read-table.ts'
import { zip } from '../zip.ts'

const limits = { rows: 100, columns: 10, characters: 10_000 }
const texts = async (bytes: Buffer) => (await readTable(bytes, limits)).map(({ cells }) => cells)

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const rels = (entries: [id: string, type: string, target: string][]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

interface Book {
  rows: string
  strings?: string
  formats?: string
  book?: string
}

/** A workbook as a spreadsheet program writes it: shared strings, styles, a hidden sheet in front. */
function workbook({ rows, strings = '', formats = '', book = '' }: Book): Buffer {
  return zip([
    { name: '_rels/.rels', content: rels([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${main} xmlns:r="${relations}">${book}<sheets><sheet name="参数" sheetId="1" state="hidden" r:id="rId9"/><sheet name="意见" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: rels([
        ['rId1', 'worksheet', 'worksheets/sheet2.xml'],
        ['rId2', 'sharedStrings', '/xl/sharedStrings.xml'],
        ['rId3', 'styles', 'styles.xml'],
        ['rId9', 'worksheet', 'worksheets/sheet1.xml'],
      ]),
    },
    { name: 'xl/sharedStrings.xml', content: `<sst ${main}>${strings}</sst>` },
    { name: 'xl/styles.xml', content: `<styleSheet ${main}>${formats}</styleSheet>` },
    { name: 'xl/worksheets/sheet1.xml', content: `<worksheet ${main}><sheetData/></worksheet>` },
    {
      name: 'xl/worksheets/sheet2.xml',
      content: `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
    },
  ])
}

describe('a workbook', () => {
  test('that this portal wrote comes back as it was', async () => {
    const columns = ['文号', '内容'].map((header) => ({ header, width: 10 }))
    const rows = [
      ['1号', '第一行\n第二行，_x0041_ 和 “引号”'],
      ['=1+1', '😀'],
    ]
    const bytes = Buffer.concat(
      await writeXlsx([{ name: '意见', columns, rows, frozenColumns: 0 }]).toArray(),
    )
    expect(await texts(bytes)).toEqual([['文号', '内容'], ...rows])
  })

  test('gives each cell as its reader sees it: shared and formatted text, numbers, formulas, empty cells', async () => {
    const strings =
      '<si><t>来信</t></si><si><r><t>写明</t></r><r><t>时限</t></r><rPh sb="0" eb="2"><t>xiě míng</t></rPh></si><si><t>断_x000D_行</t></si>'
    const cells = [
      '<c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="D3"><v>1.3812345678E10</v></c>',
      '<c r="E3"><f>A1&amp;B1</f></c><c r="F3" t="str"><f>A1</f><v>算出的</v></c><c r="G3" t="b"><v>1</v></c>',
      '<c r="H3" t="s"><v>2</v></c><c r="I3" t="s"><v>77</v></c><c r="ZZ3"><v>5</v></c>',
    ]
    const bytes = workbook({ strings, rows: `<row r="1"/><row r="3">${cells.join('')}</row>` })
    expect(await readTable(bytes, limits)).toEqual([
      { number: 3, cells: ['来信', '写明时限', '', '13812345678', '=A1&B1', '算出的', '是', '断\r行'] },
    ])
  })

  test('gives dates as days, in the formats of Excel and WPS, from 1900 and from 1904', async () => {
    const formats =
      '<numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="181" formatCode="[Red]0.00&quot;元/d&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/><xf numFmtId="181"/><xf numFmtId="31"/></cellXfs>'
    const cells = (serial: number) =>
      `<row r="1">${[0, 1, 2, 3, 4].map((s) => `<c s="${s}"><v>${serial}</v></c>`).join('')}<c t="d"><v>2026-11-23T08:00:00</v></c></row>`
    const day = '2026-11-23'
    expect(await texts(workbook({ formats, rows: cells(46349.75) }))).toEqual([
      ['46349.75', day, day, '46349.75', day, day],
    ])
    const book = '<workbookPr date1904="1"/>'
    expect(await texts(workbook({ formats, book, rows: cells(44887) }))).toEqual([
      ['44887', day, day, '44887', day, day],
    ])
  })

  test.each<[string, Buffer]>([
    ['is cut off', workbook({ rows: '' }).subarray(0, 300)],
    [
      'says a size that is not its own',
      zip([{ name: 'xl/workbook.xml', content: 'x'.repeat(5000), claims: 10 }]),
    ],
    ['has a DTD', workbook({ rows: '', strings: '</sst><!DOCTYPE x [<!ENTITY a "b">]><sst>' })],
    [
      'points outside',
      zip([{ name: '_rels/.rels', content: rels([['r', 'officeDocument', '../../etc/passwd']]) }]),
    ],
    ['is no workbook', zip([{ name: 'word/document.xml', content: '<a/>' }])],
  ])('that %s is refused with what to do', async (_name, bytes) => {
    await expect(readTable(bytes, limits)).rejects.toThrow('请用 Excel 或 WPS 表格打开，另存为新的 .xlsx')
  })

  test('that unpacks beyond all measure is not unpacked', async () => {
    const strings = `<si><t>${'一'.repeat(17 * 1024 * 1024)}</t></si>`
    const bytes = workbook({ rows: '', strings })
    expect(bytes.length).toBeLessThan(200_000)
    await expect(readTable(bytes, limits)).rejects.toThrow('表格读不出来')
  })

  test('with more rows or characters than are taken is refused, however small its file', async () => {
    const row = (i: number) => `<row r="${i}"><c r="A${i}" t="s"><v>0</v></c></row>`
    const rows = Array.from({ length: 101 }, (_, i) => row(i + 1)).join('')
    await expect(readTable(workbook({ rows, strings: '<si><t>意见</t></si>' }), limits)).rejects.toThrow(
      '最多 100 行',
    )
    const strings = `<si><t>${'长'.repeat(3000)}</t></si>`
    const few = Array.from({ length: 9 }, (_, i) => row(i + 1)).join('')
    await expect(readTable(workbook({ rows: few, strings }), limits)).rejects.toThrow('请分成几份上传')
  })
})

describe('CSV', () => {
  const csv = '来文文号,意见内容\r\n老促函〔2026〕3号,"写明时限，\r\n以及“单位”"\r\n,\r\n7号,\'=1+1\r\n'
  const rows = [
    ['来文文号', '意见内容'],
    ['老促函〔2026〕3号', '写明时限，\n以及“单位”'],
    ['7号', '=1+1'],
  ]

  test.each([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${csv}`)],
    ['GB18030', iconv.encode(csv, 'gb18030')],
    [
      'UTF-16 with tabs, as Excel saves Unicode',
      Buffer.from(`\ufeff${csv.replaceAll(',', '\t')}`, 'utf16le'),
    ],
  ])('in %s', async (_name, bytes) => {
    expect(await texts(bytes)).toEqual(rows)
  })

  test('keeps the numbers of its rows', async () => {
    const read = await readTable(Buffer.from(csv), limits)
    expect(read.map(({ number }) => number)).toEqual([1, 2, 4])
  })

  test('with more rows than are taken is refused', async () => {
    await expect(readTable(Buffer.from('甲\n'.repeat(101)), limits)).rejects.toThrow('最多 100 行')
  })
})

test.each([
  ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧格式的 .xls'],
  ['a PDF', Buffer.from('%PDF-1.7'), '这是 PDF'],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), '这是图片'],
  ['nothing', Buffer.alloc(0), '文件是空的'],
  ['noise', Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7) % 32)), '无法识别文件里的文字'],
])('%s is refused by what it is', async (_name, bytes, said) => {
  await expect(readTable(bytes, limits)).rejects.toThrow(said)
})
