import { and, asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Query } from '../../db/atomically.ts'
import { dialect } from '../../db/columns.ts'
import { UnstorableText } from '../../db/errors.ts'
import { filled } from '../../db/filled.ts'
import { settings, staff } from '../../db/schema/index.ts'
import { lentDatabase } from '../lent-database.ts'
import { aMember } from './staff-member.ts'

let database: Awaited<ReturnType<typeof lentDatabase>>
let built = 0
const put = filled((tx: Query, row: typeof settings.$inferInsert) => {
  built++
  return tx.insert(settings).values(row).returning({ key: settings.key })
})
const found = filled((tx: Query, { value }: { value: Record<string, unknown> }) =>
  tx
    .select({ key: settings.key })
    .from(settings)
    .where(and(eq(settings.value, sql.param(value, settings.value)))),
)

beforeAll(async () => {
  database = await lentDatabase()
})
beforeEach(async () => {
  await database.db.query.delete(settings)
})
afterAll(() => database.drop())

test('each list stores and finds its own values, encoded as their columns want', async () => {
  const { db } = database
  const returned = await db.atomically((tx) => [
    put(tx, { key: 'one', value: { a: 1 } }),
    put(tx, { key: 'two', value: { b: '二' } }),
    found(tx, { value: { b: '二' } }),
    found(tx, { value: { a: 1 } }),
  ])
  expect(returned.flat()).toEqual([{ key: 'one' }, { key: 'two' }, { key: 'two' }, { key: 'one' }])
  await expect(db.atomically((tx) => [put(tx, { key: 'a\0b', value: {} })])).rejects.toThrow(UnstorableText)
  expect(await db.query.$count(settings)).toBe(2)
})

const join = filled((tx: Query, row: typeof staff.$inferInsert) => tx.insert(staff).values(row))

test('what a column may leave empty is left empty, and a moment comes back as it was', async () => {
  const { db } = database
  const left = new Date(1234567890123)
  await db.atomically((tx) => [join(tx, aMember('1')), join(tx, { ...aMember('2'), disabledAt: left })])
  const rows = await db.query.select({ at: staff.disabledAt }).from(staff).orderBy(asc(staff.id))
  expect(rows).toEqual([{ at: null }, { at: left }])
})

test('values that are changed after the list was begun change nothing of it', async () => {
  const row = { key: 'kept', value: {} }
  await database.db.atomically((tx) => {
    const statement = put(tx, row)
    row.key = 'changed'
    return [statement]
  })
  expect(await database.db.query.select({ key: settings.key }).from(settings)).toEqual([{ key: 'kept' }])
})

test('it is never awaited by itself, which would run it past its list', async () => {
  const alone = Promise.resolve(put(database.db.query, { key: 'alone', value: {} }))
  if (dialect === 'sqlite') await expect(alone).rejects.toThrow('awaited by itself')
  else await expect(alone).resolves.toEqual([{ key: 'alone' }])
})

test('it is made once for the same names', async () => {
  const many = () => Array.from({ length: 5 }, (_, i) => ({ key: `${i}`, value: {} }))
  await database.db.atomically((tx) => [put(tx, { key: 'first', value: {} })])
  const before = built
  await database.db.atomically((tx) => many().map((row) => put(tx, row)))
  expect(built - before).toBe(0)
})
