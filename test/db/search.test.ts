import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { log } from '../../db/schema/index.ts'
import { forget, found, remember, type SearchIndex } from '../../db/search.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

const texts = [
  '支持革命老区振兴发展，建议增加对水利设施的投入。',
  '建议将“ＧＤＰ增长６％”改为“GDP增长5%以上”。',
  '道路太窄；村里没有医院',
]
let fresh: TestDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
  for (const [i, text] of texts.entries()) await put('staff', i + 1, text)
})
afterAll(() => fresh.drop())

async function put(index: SearchIndex, number: number, text: string) {
  await fresh.db.atomically((tx) => [
    tx
      .insert(log)
      .values({ number, at: new Date(), act: 'paper.make', subject: String(number), detail: {} })
      .onConflictDoNothing(),
    ...remember(tx, index, number, text),
  ])
}

async function numbers(index: SearchIndex, query: string) {
  const rows = await fresh.db.query
    .select({ number: log.number })
    .from(log)
    .where(found(index, log.number, query))
    .orderBy(log.number)
  return rows.map((row) => row.number)
}

test.each([
  ['老区', [1]],
  ['老区振兴', [1]],
  ['建议', [1, 2]],
  ['水', [1]],
  ['入', [1]],
  ['gdp', [2]],
  ['增长6%', [2]],
  ['道路 医院', [3]],
  ['道路 水利', []],
  ['振兴发展建议', [1]],
  ['老人', []],
  ['，。！', []],
  ['', []],
])('%s is found in %j', async (query, expected) => {
  expect(await numbers('staff', query)).toEqual(expected)
})

test.each([
  ['NUL', '老区\0', [1]],
  ['half a surrogate pair', '\ud800老区', [1]],
  ['operators', `老区 AND OR NOT * " ' : & | ! ( ) ^ - NEAR`, []],
  ['a million characters', '老区'.repeat(500_000), []],
])('a query with %s is only a query', async (_, query, expected) => {
  expect(await numbers('staff', query)).toEqual(expected)
})

test('the public finds nothing that is only in the index of the staff', async () => {
  expect(await numbers('public', '老区')).toEqual([])
})

test('what a comment was found by before is forgotten', async () => {
  await put('public', 9, '电话是13900000000')
  await put('public', 9, '电话是***')
  expect(await numbers('public', '139')).toEqual([])
  expect(await numbers('public', '电话')).toEqual([9])
  await fresh.db.atomically((tx) => [forget(tx, 'public', 9)])
  expect(await numbers('public', '电话')).toEqual([])
})

test('every piece of a text finds it, whatever the characters', async () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(...'1e.5-/@老區𠮷aB_ '), fc.string({ unit: 'grapheme', maxLength: 1 })),
    minLength: 1,
    maxLength: 30,
  })
  let number = 100
  await fc.assert(
    fc.asyncProperty(text, fc.nat(), fc.nat(), async (whole, from, length) => {
      number += 1
      await put('public', number, whole)
      const characters = [...whole.normalize('NFKC')]
      const start = from % characters.length
      const piece = characters.slice(start, start + 1 + (length % 10)).join('')
      fc.pre(/[\p{L}\p{N}]/u.test(piece))
      expect(await numbers('public', piece)).toContain(number)
    }),
    { numRuns: 200 },
  )
})
