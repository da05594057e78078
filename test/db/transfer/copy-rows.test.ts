import { eq, getTableColumns, getTableName, is, sql, Table } from 'drizzle-orm'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { dialect } from '../../../db/columns.ts'
import type { Database } from '../../../db/database.ts'
import { openDatabase } from '../../../db/open.ts'
import * as schema from '../../../db/schema/index.ts'
import { calendarDays, log, logSeals } from '../../../db/schema/index.ts'
import { connect } from '../../../db/sqlite-settings.ts'
import { copyRows } from '../../../db/transfer/copy-rows.ts'
import { namedFiles } from '../../../db/transfer/named-files.ts'
import { openRows, openTarget } from '../../../db/transfer/open-rows.ts'
import type { StoredRows } from '../../../db/transfer/stored-rows.ts'
import { sqliteFile } from '../../../db/url.ts'
import { everything } from '../../cli/backing-up.ts'
import { emptyDatabase, freshDatabase } from '../../database.ts'
import { contentOf } from '../upgrades/content.ts'
import { fixtureVersions, loadFixture } from '../upgrades/fixture.ts'
import { upgraded } from '../upgrades/upgraded.ts'

let portal: Awaited<ReturnType<typeof upgraded>>
beforeAll(async () => {
  portal = await upgraded(fixtureVersions().at(-1) ?? '')
})
afterAll(() => portal.close())

async function copied(source: StoredRows): Promise<Database> {
  const { url, remove } = await emptyDatabase()
  const target = await openTarget(url, source.steps)
  await copyRows(source, target, () => {})
  await target.complete()
  await target.keep()
  await target.close()
  const db = await openDatabase({ url })
  onTestFinished(async () => {
    await db.close()
    await remove()
  })
  return db
}

/** The definitions of all indexes, references and triggers. */
async function madeOf({ query }: Database): Promise<unknown[]> {
  const [from, name] =
    dialect === 'postgres'
      ? [
          sql`(SELECT indexdef AS made FROM pg_indexes WHERE schemaname = 'public'
               UNION ALL SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'
               UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal) AS made`,
          sql<string>`made`,
        ]
      : [sql`sqlite_schema`, sql<string>`coalesce(sql, name)`]
  const made = await query.select({ made: name }).from(from)
  expect(made.length).toBeGreaterThan(100)
  return made.map((one) => one.made).sort()
}

/** The number that the next seal of the log gets. */
async function nextNumber(db: Database): Promise<number> {
  const seal = { entries: [], count: 0, hash: '', at: new Date() }
  const [made] = await db.query.insert(logSeals).values(seal).returning({ number: logSeals.number })
  await db.query.delete(logSeals).where(eq(logSeals.number, made?.number ?? 0))
  return made?.number ?? 0
}

async function rowsOf(url: string) {
  const source = await openRows(url)
  onTestFinished(() => source.close())
  return source
}

test('no table is forgotten, and no column of one', async () => {
  const { tables } = await rowsOf(portal.deps.config.databaseUrl)
  const known = Object.values(schema)
    .filter((value) => is(value, Table))
    .map((table) => ({
      name: getTableName(table),
      columns: Object.values(getTableColumns(table)).map(({ name }) => name),
    }))
  const sorted = (some: { name: string; columns: string[] }[]) =>
    Object.fromEntries(some.map(({ name, columns }) => [name, [...columns].sort()]))
  expect(sorted(tables)).toEqual(sorted(known))
})

test('the files that rows name are those that must lie under DATA_DIR', async () => {
  const { files } = await contentOf(portal.db)
  const paths = files.map(({ folder, id }) => `${folder}/${id}`).sort()
  expect(new Set(paths.map((path) => path.split('/')[0])).size).toBe(3)
  expect([...(await namedFiles(await rowsOf(portal.deps.config.databaseUrl)))].sort()).toEqual(paths)
})

test('a copy has every row as it was, gives out no number twice, and keeps its log', async () => {
  const given = await nextNumber(portal.db)
  const db = await copied(await rowsOf(portal.deps.config.databaseUrl))
  expect(await everything(db)).toEqual(await everything(portal.db))
  expect(await contentOf(db)).toEqual(await contentOf(portal.db))
  await expect(db.query.delete(log)).rejects.toThrow()
  expect(await nextNumber(db)).toBe(given + 1)
  expect(await madeOf(db)).toEqual(await madeOf(portal.db))
})

test('a copy of what an earlier version stored is brought up to date', async () => {
  const { url, remove } = await emptyDatabase()
  onTestFinished(remove)
  const facts = await loadFixture('0.1.0', url, portal.deps.config.dataDir)
  const file = sqliteFile(url)
  // As a portal that has served leaves it.
  if (file) connect(file).close()
  const source = await rowsOf(url)
  const known = facts.content.rows.comments
  expect((await source.size({ name: 'comments', columns: [] })).count).toBe(known)
  const db = await copied(source)
  const { rows, ...content } = await contentOf(db)
  const { rows: before, ...expected } = facts.content
  expect(content).toEqual(expected)
  expect(rows.comments).toBe(before.comments)
})

test('what is written while rows are read is not among them', async () => {
  const { db, url, drop } = await freshDatabase()
  onTestFinished(drop)
  const add = (from: number) =>
    db.query.insert(calendarDays).values(
      Array.from({ length: 700 }, (_, i) => ({
        day: new Date(Date.UTC(from, 0, 1 + i)).toISOString().slice(0, 10),
        kind: 'holiday' as const,
      })),
    )
  await add(2020)
  const source = await rowsOf(url)
  await add(2000)
  const table = { name: 'calendar_days', columns: ['day'] }
  expect((await source.size(table)).count).toBe(700)
  const days: unknown[] = []
  for await (const rows of source.rows(table)) {
    await add(2030 + days.length)
    days.push(...rows.map(([day]) => day))
  }
  expect(days.length).toBe(700)
  expect(days).toEqual([...days].sort())
})
