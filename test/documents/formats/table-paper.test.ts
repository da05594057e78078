import { buffer } from 'node:stream/consumers'
import { readXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { longestCell } from '../../../server/documents/formats/cells.ts'
import { tableFormats } from '../../../server/documents/formats/table-paper.ts'
import type { PaperRequest } from '../../../server/documents/papers/paper-request.ts'
import { allText, csvRows, wordTables } from '../papers/read-back.ts'

const long = '长'.repeat(longestCell + 10)
const rows = [
  ['p1', '=1+1'],
  ['p1', '＝HYPERLINK("x")'],
  ['p1', '甲\u0007乙\u0000丙'],
  ['p2', long],
]
const formats = tableFormats(async () => ({
  title: '试表',
  facts: ['一行说明'],
  columns: [
    { header: '条款', width: 10 },
    { header: '意见', width: 40 },
  ],
  rows,
}))

/** The file, and how many marks its maker was told of. */
async function made(format: keyof typeof formats): Promise<[Buffer, number]> {
  let marks = 0
  const request = {
    marked: (count: number) => {
      marks += count
    },
  } as PaperRequest
  const file = await buffer(await formats[format](request))
  return [file, marks]
}

test('a Word table goes on in the next row with what a page cannot hold, splits none, and tells of its marks at its end', async () => {
  const [file, marks] = await made('docx')
  const [table = []] = await wordTables(file)
  expect(table.slice(0, 3)).toEqual([rows[0], rows[1], ['p1', '甲␇乙␀丙']])
  const texts = table.slice(3).map(([, text = '']) => text)
  expect(texts.length).toBeGreaterThan(20)
  expect(texts.join('').replaceAll('（转下一行）（接上一行）', '')).toBe(long)
  const xml = await allText('x.docx', file)
  expect(xml.match(/<w:cantSplit\/>/g)).toHaveLength(table.length + 1)
  expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(1)
  expect(xml).not.toContain('vMerge')
  expect(marks).toBe(2)
  expect(xml).toContain('原文有 2 个无法显示的控制字符')
})

test('a workbook runs no formula, continues a long text in the next row, and tells of its marks on a last sheet', async () => {
  const [file, marks] = await made('xlsx')
  const { sheets } = await readXlsx(file)
  expect(sheets.map(({ name }) => name)).toEqual(['试表', '说明'])
  const texts = sheets[0]?.rows.slice(1).map((row) => String(row[1])) ?? []
  expect(texts.slice(0, 3)).toEqual(['=1+1', '＝HYPERLINK("x")', '甲␇乙␀丙'])
  expect(texts.slice(3).join('').replace('（转下一行）（接上一行）', '')).toBe(long)
  expect(await allText('x.xlsx', file)).not.toContain('<f>')
  expect(marks).toBe(2)
})

test('a CSV puts an apostrophe before what would run, continues a long text, and tells its maker of the marks', async () => {
  const [file, marks] = await made('csv')
  const texts = csvRows(file).map((row) => row.意见 ?? '')
  expect(texts.slice(0, 3)).toEqual(["'=1+1", `'＝HYPERLINK("x")`, '甲␇乙␀丙'])
  expect(texts.slice(3).join('').replace('（转下一行）（接上一行）', '')).toBe(long)
  expect(marks).toBe(2)
})
