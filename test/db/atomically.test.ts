import { and, eq, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { must } from '../../db/atomically.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { Refused } from '../../db/refused.ts'
import { log, staff, staffRoles } from '../../db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aMember } from './staff-member.ts'

let fresh: TestDatabase
beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(() => fresh.drop())

const names = async () =>
  (await fresh.db.query.select({ name: staff.name }).from(staff)).map(({ name }) => name)

test('a list answers with the rows of each statement', async () => {
  const [inserted, touched, read] = await fresh.db.atomically((tx) => [
    tx
      .insert(staff)
      .values([aMember('1'), aMember('2')])
      .returning({ id: staff.id, at: staff.createdAt }),
    tx.update(staff).set({ name: '李四' }).where(eq(staff.id, '1')),
    tx.select({ name: staff.name }).from(staff).where(eq(staff.id, '1')),
  ])
  expect(inserted.map(({ id }) => id).sort()).toEqual(['1', '2'])
  expect(inserted[0]?.at).toEqual(aMember('1').createdAt)
  expect(touched).toEqual([])
  expect(read).toEqual([{ name: '李四' }])
})

test('a list whose last statement fails leaves nothing', async () => {
  const list = fresh.db.atomically((tx) => [
    tx.insert(staff).values(aMember('1')),
    tx.insert(staff).values(aMember('1', 'the same id')),
  ])
  await expect(list).rejects.toSatisfy(isUniqueViolation)
  expect(await names()).toEqual([])
})

test('a list that cannot be built leaves nothing, and the next one runs', async () => {
  const reason = Object.assign(new Error('not built'), { code: 'ours' })
  const list = fresh.db.atomically(() => {
    throw reason
  })
  await expect(list).rejects.toBe(reason)
  await fresh.db.atomically((tx) => [tx.insert(staff).values(aMember('1'))])
  expect(await names()).toEqual(['职员1'])
})

test('a must without a row undoes its whole list, and says why', async () => {
  const list = fresh.db.atomically((tx) => [
    tx.insert(staff).values(aMember('1')),
    must('taken', tx.update(staff).set({ name: 'y' }).where(eq(staff.id, '1')).returning({ id: staff.id })),
    must('gone', tx.update(staff).set({ name: 'x' }).where(eq(staff.id, '9')).returning({ id: staff.id })),
    tx.insert(staff).values(aMember('2')),
  ])
  const refused = await list.catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Refused)
  expect(refused).toMatchObject({ why: 'gone' })
  expect(await names()).toEqual([])
})

test('what stands first decides why a list is undone, whatever fails behind it', async () => {
  const list = fresh.db.atomically((tx) => [
    must(
      'stale',
      tx.update(staff).set({ name: 'x' }).where(eq(staff.id, 'nobody')).returning({ id: staff.id }),
    ),
    tx.insert(staff).values(aMember('1')),
    tx.insert(staff).values(aMember('1', 'the same id')),
  ])
  await expect(list).rejects.toMatchObject({ name: 'Refused', why: 'stale' })
  expect(await names()).toEqual([])
})

test('of fifty who decide at once, exactly one wins and the others are refused', async () => {
  const { db } = fresh
  await db.query.insert(staff).values(aMember('1'))
  const decide = (i: number) =>
    db.atomically((tx) => [
      tx.insert(log).values({ at: new Date(), act: 'staff.disable', subject: '1', detail: { by: i } }),
      must(
        'stale',
        tx
          .update(staff)
          .set({ disabledAt: new Date(i) })
          .where(and(eq(staff.id, '1'), isNull(staff.disabledAt)))
          .returning({ id: staff.id }),
      ),
    ])
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => decide(i)))
  const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(lost).toHaveLength(49)
  for (const { reason } of lost) expect(reason).toBeInstanceOf(Refused)
  expect(await db.query.$count(log)).toBe(1)
})

test('lists that run at once do not touch one another', async () => {
  const { db } = fresh
  const add = (i: number) =>
    db.atomically((tx) => [
      tx.insert(staff).values(aMember(String(i))),
      tx
        .insert(staffRoles)
        .values({ staffId: i % 2 ? 'nobody' : String(i), role: 'admin', consultationId: '*' }),
    ])
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => add(i)))
  expect(outcomes.map(({ status }) => status)).toEqual(
    outcomes.map((_, i) => (i % 2 ? 'rejected' : 'fulfilled')),
  )
  expect(await db.query.$count(staff)).toBe(20)
  expect(await db.query.$count(staffRoles)).toBe(20)
})
