import { buffer } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { readXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import type { Cell } from '../../../server/documents/formats/cells.ts'
import { type Sheet, writeXlsx } from '../../../server/documents/formats/xlsx.ts'

const columns = ['编号', '内容', '时间'].map((header) => ({ header, width: 12 }))
const sheet = (name: string, rows: Sheet['rows']): Sheet => ({ name, columns, rows, frozenColumns: 1 })
const read = async (sheets: Sheet[], options?: { rowsPerSheet: number }) =>
  readXlsx(await buffer(writeXlsx(sheets, options)))

test('every sheet has its header, and its rows as they were given', async () => {
  const { sheets } = await read([
    sheet('汇总', [[1, '甲', null]]),
    sheet('意见', [
      ['c1', '<乙> & "丙"\n第二行', null],
      [null, ' 前后有空格 ', 2.5],
    ]),
  ])
  expect(sheets.map(({ name, rows }) => ({ name, rows }))).toEqual([
    {
      name: '汇总',
      rows: [
        ['编号', '内容', '时间'],
        [1, '甲', null],
      ],
    },
    {
      name: '意见',
      rows: [
        ['编号', '内容', '时间'],
        ['c1', '<乙> & "丙"\n第二行', null],
        [null, ' 前后有空格 ', 2.5],
      ],
    },
  ])
})

test('a sheet without rows still has its header', async () => {
  const { sheets } = await read([sheet('意见', [])])
  expect(sheets[0]?.rows).toEqual([['编号', '内容', '时间']])
})

test('a full sheet goes on in another, and an exactly full one does not', async () => {
  const rows: Cell[][] = Array.from({ length: 6 }, (_, i) => [i])
  const { sheets } = await read([sheet('意见', rows)], { rowsPerSheet: 3 })
  expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
    ['意见', 4],
    ['意见（2）', 4],
  ])
  expect(sheets[1]?.rows[1]).toEqual([3, null, null])
})

test('a formula is a text that stays one, unchanged', async () => {
  const { sheets } = await read([sheet('意见', [['=1+1', '＝A1', '@SUM(A1)']])])
  expect(sheets[0]?.rows[1]).toEqual(['=1+1', '＝A1', '@SUM(A1)'])
})

test('times are those on the wall in Shanghai', async () => {
  const { sheets } = await read([sheet('意见', [[null, null, new Date('2026-11-23T17:05:00Z')]])])
  expect(sheets[0]?.rows[1]?.[2]).toEqual(new Date('2026-11-24T01:05:00Z'))
})

test('what a citizen typed that looks like an escape of the format is not read as one', async () => {
  const { sheets } = await read([sheet('意见', [['_x0041_ 与 _X000d_', 'a\u0000b', '\ud800']])])
  expect(sheets[0]?.rows[1]).toEqual(['_x0041_ 与 _X000d_', 'a␀b', '\ufffd'])
})

test('an error of the source ends the file with that error', async () => {
  async function* broken(): AsyncGenerator<Cell[]> {
    yield [1]
    throw new Error('the database went away')
  }
  await expect(buffer(writeXlsx([sheet('意见', broken())]))).rejects.toThrow('the database went away')
})

test('a reader that leaves lets the source go', async () => {
  let released = false
  async function* endless(): AsyncGenerator<Cell[]> {
    try {
      for (let i = 0; ; i++) yield [i, '意见'.repeat(100)]
    } finally {
      released = true
    }
  }
  const file = writeXlsx([sheet('意见', endless())])
  await new Promise((resolve) => file.once('data', resolve))
  file.destroy()
  for (let turn = 0; turn < 1000 && !released; turn++) await nextTurn()
  expect(released).toBe(true)
})
