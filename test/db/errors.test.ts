import { inspect } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Query, Statement } from '../../db/atomically.ts'
import { DatabaseError } from '../../db/database-error.ts'
import { DamagedJson, isUniqueViolation, UnstorableText } from '../../db/errors.ts'
import { log, staff, staffRoles } from '../../db/schema/index.ts'
import { storedJson } from '../../db/storable.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aMember } from './staff-member.ts'

const secret = '张三丰13900001111'
let fresh: TestDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
  await fresh.db.query.insert(staff).values(aMember('1', secret))
})
afterAll(() => fresh.drop())

test('a column of JSON that holds none says so, and not what it holds', () => {
  const thrown = (() => {
    try {
      return storedJson(`{"name": "${secret}`)
    } catch (error) {
      return error
    }
  })()
  expect(thrown).toBeInstanceOf(DamagedJson)
  expect(inspect(thrown)).not.toContain(secret)
})

/** What a statement is rejected with, by itself or as one of a list. */
function rejection(alone: boolean, build: (tx: Query) => Statement): Promise<unknown> {
  const { db } = fresh
  const attempt = alone ? Promise.resolve(build(db.query)) : db.atomically((tx) => [build(tx)])
  return attempt.then(
    () => expect.fail('it was not rejected'),
    (error: unknown) => error,
  )
}

const role = { staffId: secret, role: 'admin', consultationId: '*' }
const entry = { at: new Date(), act: 'paper.make' as const, subject: secret, detail: {} }

describe.each([
  ['by itself', true],
  ['in a list', false],
])('a statement %s', (_, alone) => {
  test.each<[string, (tx: Query) => Statement]>([
    ['a key that is there already', (tx) => tx.insert(staff).values(aMember('2', secret))],
    ['a reference to nothing', (tx) => tx.insert(staffRoles).values(role)],
    ['an empty column', (tx) => tx.insert(log).values({ ...entry, act: sql`null` })],
    [
      'a missing table',
      (tx) => tx.insert(log).values({ ...entry, act: sql`(select x from nowhere where x = ${secret})` }),
    ],
    ['a broken JSON path', (tx) => tx.select({ x: sql`${secret}::integer -> '$'` }).from(staff)],
  ])('says of %s nothing that was typed', async (_, build) => {
    const error = await rejection(alone, build)
    expect(error).toBeInstanceOf(DatabaseError)
    const said = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)
    expect(said).not.toContain(secret)
  })

  test('tells a key that is there already from everything else', async () => {
    expect(await rejection(alone, (tx) => tx.insert(staff).values(aMember('2', secret)))).toSatisfy(
      isUniqueViolation,
    )
    expect(await rejection(alone, (tx) => tx.insert(staff).values(aMember('1')))).toSatisfy(isUniqueViolation)
    expect(await rejection(alone, (tx) => tx.insert(staffRoles).values(role))).not.toSatisfy(
      isUniqueViolation,
    )
  })

  test.each(['a\0b', '\ud800', 'x\udc00'])(
    'refuses the text %j, stores nothing, and goes on',
    async (text) => {
      const builds: ((tx: Query) => Statement)[] = [
        (tx) => tx.insert(staff).values(aMember('3', text)),
        (tx) => tx.select().from(staff).where(eq(staff.name, text)),
        (tx) => tx.insert(log).values({ ...entry, detail: { deep: ['\\', { text: `\\${text}` }] } }),
        (tx) => tx.insert(log).values({ ...entry, detail: { [text]: 1 } }),
      ]
      for (const build of builds) expect(await rejection(alone, build)).toBeInstanceOf(UnstorableText)
      expect(await fresh.db.query.$count(log)).toBe(0)
      expect(await fresh.db.query.$count(staff)).toBe(1)
    },
  )
})
