import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { staff } from '../../db/schema/index.ts'
import { forget, remember } from '../../db/search.ts'
import { sqliteFile } from '../../db/url.ts'
import { freshDatabase } from '../database.ts'
import { aMember } from './staff-member.ts'

const name = '张三丰'
const word = '龘龖'
/** The index leaves out the bytes that a word shares with the one before it. */
const endOfWord = Buffer.from(word).subarray(2)

test('what was deleted is not left in the file, nor in the search index', async () => {
  const { db, url, drop } = await freshDatabase()
  const file = sqliteFile(url) ?? ''
  const others = Array.from({ length: 50 }, (_, i) => i + 2)
  for (const number of others) await db.atomically((tx) => remember(tx, 'staff', number, `意见${number}`))
  await db.atomically((tx) => [
    ...remember(tx, 'staff', 1, word),
    tx.insert(staff).values(aMember('1', name)),
  ])
  await db.close()
  const inFile = () => [name, endOfWord].map((bytes) => readFileSync(file).includes(bytes))
  expect(inFile()).toEqual([true, true])

  const again = await openDatabase({ url })
  await again.atomically((tx) => [forget(tx, 'staff', 1), tx.delete(staff).where(eq(staff.id, '1'))])
  await again.close()
  expect(inFile()).toEqual([false, false])
  await drop()
})
