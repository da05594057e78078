import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { staff } from '../../db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let fresh: TestDatabase
beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(() => fresh.drop())

test('what is written is read back', async () => {
  const { query } = fresh.db
  const member = {
    id: '1',
    name: '张三',
    passwordHash: 'x',
    totpSecret: 'y',
    createdAt: new Date(1234567890123),
    disabledAt: null,
  }
  expect(await query.insert(staff).values(member)).toMatchObject({ rowCount: 1 })
  expect(await query.select().from(staff).where(eq(staff.name, '张三'))).toEqual([member])
})
