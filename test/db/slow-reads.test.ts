import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../db/database.ts'
import { DatabaseError } from '../../db/database-error.ts'
import { openDatabase } from '../../db/open.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let fresh: TestDatabase
let db: Database

beforeEach(async () => {
  fresh = await freshDatabase()
  db = await openDatabase({ url: fresh.url })
})
afterEach(async () => {
  await db.close()
  await fresh.drop()
})

const last = sql<number>`max(i)`.mapWith(Number)
const numbers = (count: number) =>
  sql`(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.raw(String(count))}) select i from n) as numbers`

test('a slow read keeps nobody else waiting', async () => {
  const order: string[] = []
  const slow = db.slow
    .select({ last })
    .from(numbers(2_000_000))
    .then(([row]) => order.push(`slow ${row?.last}`))
  await new Promise((resolve) => setTimeout(resolve, 20))
  await db.query
    .select({ last })
    .from(numbers(3))
    .then(([row]) => order.push(`quick ${row?.last}`))
  await slow
  expect(order).toEqual(['quick 3', 'slow 2000000'])
})

test('what it refuses is told without the values of the statement', async () => {
  const refused = db.slow.select({ one: sql`nothing(${'13812345678'})` }).from(numbers(1))
  const error = await Promise.resolve(refused).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DatabaseError)
  expect(String(error)).not.toContain('138')
})

test('the database closes after the slow reads under way', async () => {
  const slow = db.slow.select({ last }).from(numbers(300_000))
  const [rows] = await Promise.all([
    slow,
    new Promise((resolve) => setTimeout(resolve, 5)).then(() => db.close()),
  ])
  expect(rows).toEqual([{ last: 300_000 }])
})
