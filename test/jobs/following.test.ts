import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyLog } from '../../db/queries/log/log-seals.ts'
import { mendCounts } from '../../db/queries/upkeep/mended-counts.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { commentCounts, examinations, log, logSeals } from '../../db/schema/index.ts'
import { readHead } from '../../server/jobs/chain-head.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { strict } from './doing.ts'

let portal: TestPortal

beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

async function anEntry(): Promise<void> {
  const { db, deps } = portal
  await db.query
    .insert(log)
    .values({ at: deps.now(), staffId: null, act: 'paper.make', subject: 'x', detail: { b: 1, a: [2] } })
}

/** Puts the seals away and back with an entry taken out: the log's own table is guarded by triggers. */
async function forgetInSeals(entry: number): Promise<void> {
  const seals = await portal.db.query.select().from(logSeals)
  for (const { number, entries } of seals) {
    const without = entries.filter((each) => each !== entry)
    await portal.db.query.update(logSeals).set({ entries: without }).where(eq(logSeals.number, number))
  }
}

test('searches what came in for personal data', async () => {
  const { id } = await aComment(portal, { body: '请打 13812345678 找我，谢谢' })
  await followOnce(portal.deps, strict)
  const [row] = await portal.db.query.select().from(examinations).where(eq(examinations.commentId, id))
  expect(row).toMatchObject({ unhandled: 1, spans: [{ kind: 'mobile', start: 3, end: 14 }] })
})

test('seals the log and writes the end of the chain beside the database', async () => {
  const { deps, db } = portal
  for (let i = 0; i < 5; i++) await anEntry()
  await followOnce(deps, strict)
  await anEntry()
  await followOnce(deps, strict)
  expect(readHead(deps.config.dataDir, 'log')).toMatchObject({ count: 6 })
  expect(await verifyLog(db, deps.seals, readHead(deps.config.dataDir, 'log'))).toEqual([])
})

test('seals each entry once, and nothing where nothing is new', async () => {
  const { deps, db } = portal
  for (let i = 0; i < 3; i++) {
    await anEntry()
    await followOnce(deps, strict)
    await followOnce(deps, strict)
  }
  const seals = await db.query.select().from(logSeals).orderBy(logSeals.number)
  expect(seals.flatMap(({ entries }) => entries)).toEqual(
    (await db.query.select().from(log).orderBy(log.number)).map(({ number }) => number),
  )
})

test('lets nobody change or remove an entry', async () => {
  await anEntry()
  await expect(portal.db.query.update(log).set({ act: 'bulk.stop' })).rejects.toThrow()
  await expect(portal.db.query.delete(log)).rejects.toThrow()
})

test('finds an entry that its seal does not cover, a changed seal, and a log that was cut off', async () => {
  const { deps, db } = portal
  for (let i = 0; i < 3; i++) {
    await anEntry()
    await followOnce(deps, strict)
  }
  const head = readHead(deps.config.dataDir, 'log')
  const seals = await db.query.select().from(logSeals).orderBy(logSeals.number)
  const last = seals.at(-1)
  await db.query.delete(logSeals).where(eq(logSeals.number, last?.number ?? 0))
  expect(await verifyLog(db, deps.seals, head)).toEqual([
    { entry: null, problem: 'cut_off', since: deps.now() },
  ])
  await db.query.insert(logSeals).values(seals.slice(-1))
  expect(await verifyLog(db, deps.seals, head)).toEqual([])

  await forgetInSeals(1)
  expect((await verifyLog(db, deps.seals, head)).map(({ problem }) => problem)).toContain('changed')
  await db.query
    .update(logSeals)
    .set({ entries: [1, 999] })
    .where(eq(logSeals.number, 1))
  expect((await verifyLog(db, deps.seals, head)).map(({ problem }) => problem)).toContain('removed')
})

test('finds and mends a counter that lies', async () => {
  await aComment(portal)
  expect(await wrongCounts(portal.db)).toEqual([])
  await portal.db.query.update(commentCounts).set({ count: 7 })
  const wrong = await wrongCounts(portal.db)
  expect(wrong).toMatchObject([{ kept: 7, counted: 1 }])
  await mendCounts(portal.db, wrong)
  expect(await wrongCounts(portal.db)).toEqual([])
})
