import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { stillHeld } from '../../db/queries/upkeep/leases.ts'
import { faults, leases, log } from '../../db/schema/index.ts'
import { fenced } from '../../server/jobs/fenced-database.ts'
import { Lease, LeaseLost } from '../../server/jobs/lease.ts'
import { buildTestApp, type TestPortal } from '../build.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp({ seed: false })
})
afterEach(() => portal.close())

function later(milliseconds: number): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + milliseconds)
}

const aLease = () => new Lease(portal.db, 'test', 10_000, portal.deps.now)

test('the lease is taken anew when half of its term is spent, and has a new number only after it was over', async () => {
  const [lease, other] = [aLease(), aLease()]
  expect([await lease.look(), lease.wasOurs]).toEqual([true, false])
  const first = await lease.hold()
  later(4_999)
  expect(await lease.hold()).toEqual(first)
  later(1)
  const anew = await lease.hold()
  expect(anew).toEqual({ ...first, until: new Date(portal.clock.now.getTime() + 10_000) })
  expect(await other.look()).toBe(false)
  later(10_000)
  expect(await other.look()).toBe(true)
  expect(await lease.hold()).toMatchObject({ fence: 2 })
  // What the other read since it looked may have been changed by the first meanwhile.
  later(10_000)
  await expect(other.hold()).rejects.toThrow(LeaseLost)
  expect(await other.look()).toBe(true)
  expect(await other.hold()).toMatchObject({ fence: 3 })
  await expect(lease.hold()).rejects.toThrow(LeaseLost)
})

test('a lease from a clock that was days ahead is over once the clock is right again', async () => {
  const [ahead, other] = [aLease(), aLease()]
  const threeDays = 3 * 24 * 60 * 60 * 1000
  later(threeDays)
  await ahead.look()
  await ahead.hold()
  later(-threeDays)
  expect(await other.look()).toBe(true)
  expect(await other.hold()).toMatchObject({ fence: 2 })
  await expect(ahead.hold()).rejects.toThrow(LeaseLost)
  expect(await ahead.look()).toBe(false)
})

test.runIf(dialect === 'postgres')('nobody takes the lease over while a list is being written', async () => {
  const { db } = portal
  const [lease, other] = [aLease(), aLease()]
  await lease.look()
  const held = await lease.hold()
  later(10_000)
  await other.look()
  const somebody = new pg.Client({ connectionString: portal.deps.config.databaseUrl })
  await somebody.connect()
  await somebody.query('BEGIN; LOCK TABLE faults')
  const writing = db.atomically((tx) => [stillHeld(tx, held), tx.delete(faults)])
  await untilWaiting(1)
  const taking = other.hold().then(() => 'taken')
  expect(await Promise.race([taking, untilWaiting(2)])).toBe('waiting')
  await somebody.query('COMMIT')
  await somebody.end()
  await writing
  expect(await taking).toBe('taken')
})

/** Until so many statements of this database wait for what others have locked. */
async function untilWaiting(count: number): Promise<string> {
  const activity = sql`pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  for (;;) {
    const rows = await portal.db.query.select({ pid: sql`pid` }).from(activity)
    if (rows.length === count) return 'waiting'
  }
}

test('writes that come together take the lease once', async () => {
  const lease = aLease()
  await lease.look()
  const db = fenced(portal.db, lease)
  const write = () => db.atomically((tx) => [tx.select().from(log)])
  const results = await Promise.all([write(), write(), write()])
  expect(results.map((rows) => rows.length)).toEqual([1, 1, 1])
  expect(await portal.db.query.select().from(leases)).toMatchObject([{ fence: 1 }])
})

test('a write by itself would go past the check, and is an error', async () => {
  const db = fenced(portal.db, aLease())
  expect(() => db.query.insert(log)).toThrow('by itself')
  expect(() => db.query.update(log)).toThrow('by itself')
  expect(() => db.query.delete(log)).toThrow('by itself')
  expect(await db.query.$count(leases)).toBe(0)
})
