import { afterEach, beforeEach, expect, test } from 'vitest'
import { calendarDays } from '../../db/schema/index.ts'
import { openSnapshot } from '../../db/snapshot.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const add = (day: string) => database.db.query.insert(calendarDays).values({ day, kind: 'holiday' })

test('a snapshot goes on reading the moment at which it was opened', async () => {
  await add('2026-10-01')
  const snapshot = await openSnapshot(database.url)
  try {
    await add('2026-10-02')
    const both = [1, 2].map(() => snapshot.query.select().from(calendarDays))
    for (const rows of await Promise.all(both)) expect(rows.map(({ day }) => day)).toEqual(['2026-10-01'])
  } finally {
    await snapshot.close()
  }
  const later = await openSnapshot(database.url)
  expect(await later.query.$count(calendarDays)).toBe(2)
  await later.close()
})

test('a snapshot writes nothing', async () => {
  const snapshot = await openSnapshot(database.url)
  await expect(
    snapshot.query.insert(calendarDays).values({ day: '2026-10-03', kind: 'holiday' }),
  ).rejects.toThrow()
  await expect(snapshot.atomically(() => [])).rejects.toThrow('only for reading')
  await snapshot.close()
  expect(await database.db.query.$count(calendarDays)).toBe(0)
})
