import { count, eq, inArray, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { log, staff } from '../../db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aMember } from './staff-member.ts'

let fresh: TestDatabase
beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(() => fresh.drop())

test('a row is read as it was written: texts, moments, nulls', async () => {
  const { query } = fresh.db
  const member = { ...aMember('1', '张三 “𠮷” \n <b>'), disabledAt: new Date('2026-11-24T15:59:59.999Z') }
  await query.insert(staff).values([member, aMember('2')])
  expect(await query.select().from(staff).orderBy(staff.id)).toMatchObject([member, aMember('2')])
  const found = await query.select().from(staff).where(eq(staff.disabledAt, member.disabledAt))
  expect(found).toMatchObject([member])
})

test('a whole value is read as it was written, and numbers count up', async () => {
  const { query } = fresh.db
  const entry = {
    at: new Date(0),
    act: 'staff.sign_in' as const,
    subject: 'x',
    detail: { from: ['“待审”', null], count: 3, quoted: '\\u0000' },
  }
  const numbers = await query.insert(log).values([entry, entry]).returning({ number: log.number })
  expect(numbers.map(({ number }) => number).sort()).toEqual([1, 2])
  const [row] = await query.select().from(log).orderBy(log.number).limit(1)
  expect(row).toMatchObject({ ...entry, number: 1, staffId: null })
})

test('a write without returning says how many rows it touched', async () => {
  const { query } = fresh.db
  expect(await query.insert(staff).values([aMember('1'), aMember('2')])).toMatchObject({ rowCount: 2 })
  expect(await query.update(staff).set({ name: 'x' }).where(eq(staff.id, '1'))).toMatchObject({ rowCount: 1 })
  expect(await query.delete(staff).where(eq(staff.id, '3'))).toMatchObject({ rowCount: 0 })
})

test('counts and sums are numbers', async () => {
  const { query } = fresh.db
  await query.insert(staff).values([aMember('1'), aMember('2')])
  expect(await query.$count(staff, inArray(staff.id, ['1', '3']))).toBe(1)
  expect(await query.select({ count: count() }).from(staff)).toEqual([{ count: 2 }])
})

test('a prepared statement takes new values each time', async () => {
  const { query } = fresh.db
  const insert = query
    .insert(staff)
    .values({ ...aMember('1'), id: sql.placeholder('id'), name: sql.placeholder('name') })
    .prepare('insert_staff')
  await insert.execute({ id: 'a', name: '甲' })
  await insert.execute({ id: 'b', name: '乙' })
  const rows = await query.select({ id: staff.id, name: staff.name }).from(staff).orderBy(staff.id)
  expect(rows).toEqual([
    { id: 'a', name: '甲' },
    { id: 'b', name: '乙' },
  ])
})

test('closing waits for the writes under way, and refuses those that follow', async () => {
  const { db, url } = fresh
  const writes = Array.from({ length: 20 }, (_, i) =>
    db.query
      .insert(staff)
      .values(aMember(String(i)))
      .execute(),
  )
  await db.close()
  await Promise.all(writes)
  await expect(db.query.insert(staff).values(aMember('late'))).rejects.toThrow()
  const again = await openDatabase({ url })
  expect(await again.query.$count(staff)).toBe(20)
  await again.close()
})

test('the log keeps every entry as it was written', async () => {
  const { query } = fresh.db
  await query.insert(log).values({ at: new Date(), act: 'staff.sign_in', subject: 'x', detail: {} })
  await expect(query.update(log).set({ act: 'staff.sign_in_failed' })).rejects.toThrow('append-only')
  await expect(query.delete(log)).rejects.toThrow('append-only')
})
