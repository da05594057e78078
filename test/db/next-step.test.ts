import { rmSync } from 'node:fs'
import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open.ts'
import { verifyLog } from '../../db/queries/log/log-seals.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { wrongIndexes } from '../../db/queries/upkeep/search-check.ts'
import { comments, log } from '../../db/schema/index.ts'
import { found } from '../../db/search.ts'
import { readHead } from '../../server/jobs/chain-head.ts'
import { freshDatabase } from '../database.ts'
import { contentOf } from './upgrades/content.ts'
import { fixtureVersions } from './upgrades/fixture.ts'
import { checked, filledColumn, nextVersion, unfilledColumn } from './upgrades/next-version.ts'
import { upgraded } from './upgrades/upgraded.ts'

let portal: Awaited<ReturnType<typeof upgraded>>
beforeEach(async () => {
  portal = await upgraded(fixtureVersions().at(-1) ?? '')
})
afterEach(() => portal.close())

const weight = sql<string>`weight`
const url = () => portal.deps.config.databaseUrl

/** Brings a database to a next version that has one more step. */
async function bring(database: string, step: string[]): Promise<void> {
  const folder = nextVersion(step)
  try {
    await migrate(database, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a column that every row must have is filled in, and nothing else changes', async () => {
  const before = await contentOf(portal.db)
  await bring(url(), filledColumn)
  expect(await contentOf(portal.db)).toEqual(before)
  expect(await portal.db.query.$count(comments, sql`${weight} not in ('heavy', 'light')`)).toBe(0)
  const heavy = await portal.db.query.$count(comments, sql`${weight} = 'heavy'`)
  expect(heavy).toBeGreaterThan(0)
  expect(heavy).toBe(await portal.db.query.$count(comments, eq(comments.stance, 'oppose')))
})

test('a table that is built anew keeps its rows and what refers to them, its triggers and its search', async () => {
  const { db, deps } = portal
  const subsidies = () => db.query.$count(comments, found('public', comments.number, '补贴'))
  const [before, foundBefore] = [await contentOf(db), await subsidies()]
  expect(foundBefore).toBeGreaterThan(0)
  const steps = [...checked(url(), 'comments', 'version > 0'), ...checked(url(), 'log', "act <> ''")]
  await bring(url(), steps)

  expect(await contentOf(db)).toEqual(before)
  expect(await subsidies()).toBe(foundBefore)
  expect([...(await wrongIndexes(db)), ...(await wrongCounts(db))]).toEqual([])
  expect(await verifyLog(db, deps.seals, readHead(deps.config.dataDir, 'log'))).toEqual([])
  await expect(db.query.update(comments).set({ version: 0 })).rejects.toThrow()
  await expect(db.query.update(log).set({ act: 'bulk.stop' })).rejects.toThrow()
  await expect(db.query.delete(log)).rejects.toThrow()
  const entry = { at: deps.now(), staffId: null, act: 'bulk.stop', subject: 'x', detail: {} } as const
  const [added] = await db.query.insert(log).values(entry).returning({ number: log.number })
  expect(added?.number).toBe((before.log.at(-1)?.number ?? 0) + 1)
})

test('a step that only an empty table takes is refused, and changes nothing', async () => {
  const empty = await freshDatabase()
  await bring(empty.url, unfilledColumn)
  await empty.drop()

  const before = await contentOf(portal.db)
  const step = ["UPDATE comments SET body = '';", ...unfilledColumn]
  await expect(bring(url(), step)).rejects.toThrow(/NOT NULL|contains null values/)
  expect(await contentOf(portal.db)).toEqual(before)
  await (await openDatabase({ url: url() })).close()
})

test('the version before refuses what the next one has brought up to date', async () => {
  await bring(url(), filledColumn)
  await expect(openDatabase({ url: url() })).rejects.toThrow('由另一版本的门户建立')
})
