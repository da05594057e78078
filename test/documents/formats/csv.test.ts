import { buffer } from 'node:stream/consumers'
import { parseCsv } from 'hucre/csv'
import { expect, test } from 'vitest'
import type { Cell } from '../../../server/documents/formats/cells.ts'
import { writeCsv } from '../../../server/documents/formats/csv.ts'

const columns = ['编号', '内容', '时间'].map((header) => ({ header, width: 10 }))
const text = async (rows: Cell[][]) => (await buffer(writeCsv({ columns, rows }))).toString('utf8')
const read = async (rows: Cell[][]) => parseCsv(await text(rows))

test('opens as UTF-8 in Excel: a byte order mark, then the header', async () => {
  expect(await text([])).toBe('\ufeff编号,内容,时间')
})

test('quotes, commas and line breaks come back as they went in', async () => {
  const body = '他说："好"，\n第二行, 有逗号'
  expect((await read([[1, body, null]]))[1]).toEqual(['1', body, ''])
})

test('a formula becomes a text, full-width signs included', async () => {
  const rows = await read([['=HYPERLINK("http://x")', '＝1+1', '\t@SUM(A1)']])
  expect(rows[1]).toEqual([`'=HYPERLINK("http://x")`, "'＝1+1", "'\t@SUM(A1)"])
})

test('times are those on the wall in Shanghai', async () => {
  expect((await read([[null, '', new Date('2026-11-23T17:05:59Z')]]))[1]?.[2]).toBe('2026-11-24 01:05')
})

test('NUL and half a character are shown as marks', async () => {
  expect((await read([['a\u0000b', '\ud800', null]]))[1]).toEqual(['a␀b', '\ufffd', ''])
})
