import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { isNull } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import type { Database } from '../../db/database.ts'
import { verifyLog } from '../../db/queries/log/log-seals.ts'
import { reviseComment } from '../../db/queries/receipts/receipt-acts.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import {
  bulks,
  clauseWords,
  comments,
  decisions,
  dueDecisions,
  examinations,
  faults,
  intakeLists,
  leases,
  log,
  logSeals,
  submissions,
} from '../../db/schema/index.ts'
import { sqliteFile } from '../../db/url.ts'
import { readHead } from '../../server/jobs/chain-head.ts'
import { follower } from '../../server/jobs/following.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { aMember } from '../staff.ts'
import { strict } from './doing.ts'
import { aDueDecision, aList, anOrphan, aRunningBulk, aRunningList } from './waiting-work.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

function later(milliseconds: number): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + milliseconds)
}

async function fence(): Promise<number | undefined> {
  return (await portal.db.query.select().from(leases))[0]?.fence
}

async function anEntry(): Promise<void> {
  const entry = { at: portal.clock.now, staffId: null, act: 'paper.make', subject: 'x', detail: {} } as const
  await portal.db.query.insert(log).values(entry)
}

async function untilIdle(step: () => Promise<number>): Promise<void> {
  while ((await step()) === 0);
}

/** A gate: when somebody stands before it, and how it opens. */
function gate() {
  let open = () => {}
  let arrive = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const reached = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const pass = () => {
    arrive()
    return opened
  }
  return { open, reached, pass }
}

/** A database that can be frozen on its way to the writing of a list, as by a machine that is suspended. */
function freezable(db: Database) {
  const way: { pass: () => Promise<void> | void } = { pass: () => {} }
  const atomically: Database['atomically'] = async (build) => {
    await way.pass()
    return db.atomically(build)
  }
  return { db: { ...db, atomically }, way }
}

test('of two that follow one works, and the other goes on where that one died', async () => {
  const [one, other] = [follower(portal.deps, strict), follower(portal.deps, strict)]
  await aComment(portal)
  await untilIdle(one)
  expect(await fence()).toBe(1)
  await aComment(portal)
  await untilIdle(other)
  expect(await portal.db.query.$count(examinations)).toBe(1)
  later(10_000)
  await untilIdle(other)
  expect([await fence(), await portal.db.query.$count(examinations)]).toEqual([2, 2])
  await aComment(portal)
  await untilIdle(one)
  expect([await fence(), await portal.db.query.$count(examinations)]).toEqual([2, 2])
})

test.each([
  ['the sealing of the log', anEntry],
  [
    'the entering of letters',
    async () => void (await aRunningList(portal, await aMember(portal, 'moderator'), 3)),
  ],
  [
    'a bulk',
    async () => {
      const ids = [(await aComment(portal)).id, (await aComment(portal)).id]
      await aRunningBulk(portal, await aMember(portal, 'moderator'), ids)
    },
  ],
  [
    'decisions that are due',
    async () => {
      const moderator = await aMember(portal, 'moderator')
      for (let count = 0; count < 3; count += 1)
        await aDueDecision(portal, moderator, (await aComment(portal)).id)
      later(1000)
    },
  ],
])('one that was frozen for longer than the term writes nothing any more: %s', async (_, wait) => {
  const { db, way } = freezable(portal.db)
  const [frozen, awake] = [follower({ ...portal.deps, db }, strict), follower(portal.deps, strict)]
  await anEntry()
  await untilIdle(frozen)
  await wait()
  const { open: thaw, reached, pass } = gate()
  way.pass = pass
  const stepping = frozen()
  await reached
  later(11_000)
  await untilIdle(awake)
  const before = await everything()
  thaw()
  expect(await stepping).toBeGreaterThan(0)
  await untilIdle(frozen)
  expect(await everything()).toEqual(before)
  expect(await fence()).toBe(2)
  expect(await verifyLog(portal.db, portal.deps.seals, readHead(portal.deps.config.dataDir, 'log'))).toEqual(
    [],
  )
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('one that was frozen puts no old end of the chain over a newer one', async () => {
  const { db, way } = freezable(portal.db)
  const [frozen, awake] = [follower({ ...portal.deps, db }, strict), follower(portal.deps, strict)]
  await anEntry()
  const { open: thaw, reached, pass } = gate()
  let lists = 0
  way.pass = () => (++lists === 2 ? pass() : undefined)
  const stepping = frozen()
  await reached
  expect(await portal.db.query.$count(logSeals)).toBe(1)
  later(11_000)
  await anEntry()
  await untilIdle(awake)
  const head = readHead(portal.deps.config.dataDir, 'log')
  expect(head).toMatchObject({ count: await portal.db.query.$count(log) })
  thaw()
  await stepping
  expect(readHead(portal.deps.config.dataDir, 'log')).toEqual(head)
})

test('every kind of work is written under the lease', async () => {
  const moderator = await aMember(portal, 'moderator')
  const said = { stance: 'amend', proposal: null, wording: null, quote: null }
  const ids = [await aComment(portal), await aComment(portal, { body: '另一条意见' })].map(({ id }) => id)
  const [comment] = await portal.db.query.select().from(comments)
  await reviseComment(
    portal.db,
    comment ?? expect.unreachable(),
    { ...said, body: '改写的意见' },
    portal.clock.now,
  )
  const bulk = await aRunningBulk(portal, moderator, ids)
  const due = await aComment(portal)
  await aDueDecision(portal, moderator, due.id)
  const running = await aRunningList(portal, moderator, 2)
  await aList(portal, moderator, 2)
  const orphan = anOrphan(portal, 'orphan')
  later(8 * 24 * 60 * 60_000)
  await untilIdle(follower(portal.deps, strict))
  const { query } = portal.db
  expect(await query.$count(examinations)).toBeGreaterThan(2)
  expect(await query.$count(comments, isNull(comments.comparedAt))).toBe(0)
  expect(await query.$count(clauseWords)).toBe(1)
  expect(await query.select({ id: bulks.id, state: bulks.state }).from(bulks)).toEqual([
    { id: bulk, state: 'done' },
  ])
  const taken = await query.select({ id: decisions.commentId }).from(decisions)
  expect(taken).toContainEqual({ id: due.id })
  expect(await query.$count(dueDecisions)).toBe(0)
  const lists = await query.select({ id: intakeLists.id, state: intakeLists.state }).from(intakeLists)
  expect(lists).toEqual([{ id: running, state: 'done' }])
  expect(existsSync(orphan)).toBe(false)
  expect(readHead(portal.deps.config.dataDir, 'log')).toMatchObject({ count: await query.$count(log) })
  expect(await query.$count(faults)).toBe(0)
})

async function everything() {
  const { query } = portal.db
  const decided = await query
    .select({ id: decisions.id, at: decisions.createdAt })
    .from(decisions)
    .orderBy(decisions.id)
  const seals = await query.select().from(logSeals).orderBy(logSeals.number)
  const head = readHead(portal.deps.config.dataDir, 'log')
  return { decided, seals, head, submissions: await query.$count(submissions), log: await query.$count(log) }
}

test('an idle portal writes nothing, however long', async () => {
  const { db, writes } = counting(portal.db)
  const [one, other] = [follower({ ...portal.deps, db }, strict), follower({ ...portal.deps, db }, strict)]
  await aComment(portal)
  await anEntry()
  await untilIdle(one)
  // By then it has its leaf.
  later(11 * 60_000)
  await untilIdle(one)
  const before = [writes(), version()]
  expect(writes()).toBeGreaterThan(3)
  for (let i = 0; i < 20; i++) {
    expect([await one(), await other()]).toEqual([500, 2_000])
    later(7 * 60_000)
  }
  expect([writes(), version()]).toEqual(before)
})

/** A database that counts what is written through it. */
function counting(db: Database) {
  let writes = 0
  const counted =
    <Args extends unknown[], Result>(write: (...args: Args) => Result) =>
    (...args: Args): Result => {
      writes += 1
      return write(...args)
    }
  const { query } = db
  const insert: typeof query.insert = counted(query.insert.bind(query))
  const update: typeof query.update = counted(query.update.bind(query))
  const remove: typeof query.delete = counted(query.delete.bind(query))
  const atomically = counted(db.atomically) as Database['atomically']
  const watched = Object.assign(Object.create(query), { insert, update, delete: remove })
  return { db: { ...db, query: watched, atomically }, writes: () => writes }
}

/** On SQLite, what changes with every commit of another connection. */
function version(): unknown {
  const file = sqliteFile(portal.deps.config.databaseUrl)
  return file ? watching(file).pragma('data_version') : dialect
}
let watcher: Sqlite.Database | null = null
function watching(file: string): Sqlite.Database {
  watcher ??= new Sqlite(file, { readonly: true })
  return watcher
}
afterEach(() => {
  watcher?.close()
  watcher = null
})
