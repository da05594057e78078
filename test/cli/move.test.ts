import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { connect } from '../../db/sqlite-settings.ts'
import { openAlone, openRows } from '../../db/transfer/open-rows.ts'
import { sqliteFile } from '../../db/url.ts'
import { fixtureVersions, loadFixture } from '../db/upgrades/fixture.ts'
import { upgraded } from '../db/upgrades/upgraded.ts'
import { anEmptyFolder, anEmptyPlace, nothingWrong, type Place, verified } from './backing-up.ts'
import { fillingOf, killed } from './killed-command.ts'
import { portalCommand } from './portal-command.ts'
import { aNode, opensAll } from './rotating.ts'

const version = fixtureVersions().at(-1) ?? ''
const onServer = test.runIf(dialect === 'postgres')

/** A SQLite database as a portal that was stopped has left it. */
async function stoppedPortal(): Promise<Place & { file: string }> {
  const DATA_DIR = anEmptyFolder()
  const place = { DATABASE_URL: `file:${DATA_DIR}/portal.db`, DATA_DIR }
  await loadFixture(version, place.DATABASE_URL, DATA_DIR)
  const file = sqliteFile(place.DATABASE_URL) ?? ''
  connect(file).close()
  return { ...place, file }
}

const moveTo = (to: string, place: Place) => portalCommand(['move', '--to', to], place)

/** How many rows each table has, and their digest; JSON with its keys in order, which are any on either engine. */
async function digests(url: string): Promise<Record<string, string>> {
  const source = await openRows(url)
  const found: Record<string, string> = {}
  for (const { name, columns } of source.tables) {
    const hash = createHash('sha256')
    let count = 0
    for await (const rows of source.rows({ name, columns: [...columns].sort() })) {
      count += rows.length
      for (const row of rows) hash.update(JSON.stringify(row.map(sortedKeys)))
    }
    found[name] = `${count} ${hash.digest('hex')}`
  }
  await source.close()
  return found
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.stringify(JSON.parse(value), (_, part) =>
      part && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    )
  } catch {
    return value
  }
}

async function tablesAt(url: string): Promise<number> {
  const source = await openRows(url)
  const { length } = source.tables
  await source.close()
  return length
}

onServer('all that was in SQLite is on the server, row by row, and is left as it was', async () => {
  const from = await stoppedPortal()
  await migrate(from.DATABASE_URL)
  const [bytes, files] = [readFileSync(from.file), readdirSync(from.DATA_DIR)]
  const { DATABASE_URL: to } = await anEmptyPlace()
  const moved = await moveTo(to, from)
  expect([moved.code, moved.said]).toEqual([0, ''])
  expect(moved.out).toMatch(/^已搬到 PostgreSQL：\d+ 张表 \d+ 行，逐表核对一致；.*portal\.db 没有改动。/)
  expect(readFileSync(from.file).equals(bytes)).toBe(true)
  expect(readdirSync(from.DATA_DIR)).toEqual(files)

  const there = await digests(to)
  expect(there).toEqual(await digests(from.DATABASE_URL))
  expect(Object.keys(there).length).toBeGreaterThan(40)
})

onServer('what was moved is whole: log, receipts, staff, files, papers, and counting goes on', async () => {
  const from = await stoppedPortal()
  const { DATABASE_URL: to } = await anEmptyPlace()
  expect(await moveTo(to, from)).toMatchObject({ code: 0, said: '' })
  const place = { DATABASE_URL: to, DATA_DIR: from.DATA_DIR }
  expect(await verified(place)).toEqual(nothingWrong)

  const known = await upgraded(version)
  onTestFinished(() => known.close())
  const facts = await loadFixture(version, `file:${anEmptyFolder()}/portal.db`, anEmptyFolder())
  const config = { ...known.deps.config, databaseUrl: to, dataDir: from.DATA_DIR }
  const clock = { now: new Date(facts.madeAt) }
  const moved = { ...known, facts, clock, deps: { ...known.deps, config } }
  const node = await aNode(moved, { SECRET_KEY: facts.secretKey })
  expect(await opensAll(node)).toBeGreaterThan(100)
})

onServer('a server’s database that is not empty is refused, and left as it was', async () => {
  const [from, to] = [await stoppedPortal(), await anEmptyPlace()]
  await migrate(to.DATABASE_URL)
  const before = await digests(to.DATABASE_URL)
  const refused = await moveTo(to.DATABASE_URL, from)
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.said).toMatch(
    /^目标 PostgreSQL 数据库不是空的（已有 \d+ 张表），没有改动；请新建一个空数据库，改用它的地址\n$/,
  )
  expect(await digests(to.DATABASE_URL)).toEqual(before)
})

onServer('a move that is killed leaves the server empty and the file as it was', async () => {
  const [from, to] = [await stoppedPortal(), await anEmptyPlace()]
  const bytes = readFileSync(from.file)
  await killed(['move', '--to', to.DATABASE_URL], from, await fillingOf(to.DATABASE_URL))
  expect(await tablesAt(to.DATABASE_URL)).toBe(0)
  expect(readFileSync(from.file).equals(bytes)).toBe(true)
  expect(await moveTo(to.DATABASE_URL, from)).toMatchObject({ code: 0, said: '' })
})

test('under a running portal nothing is moved, and while it is moved no portal starts', async () => {
  const from = await stoppedPortal()
  const running = await openSqlite(from.file, () => {})
  expect(await moveTo('postgres://nobody@127.0.0.1:1/portal', from)).toEqual({
    code: 1,
    out: '',
    said: '门户还在运行，请先停止再搬\n',
  })
  await running.close()
  const held = openAlone(from.file)
  const another = new Sqlite(from.file, { timeout: 10 })
  expect(() => another.pragma('user_version')).toThrow('database is locked')
  another.close()
  await held.close()
})

test('only SQLite is moved, and only to a server', async () => {
  const from = await stoppedPortal()
  expect(await moveTo(`file:${from.DATA_DIR}/new.db`, from)).toMatchObject({
    code: 1,
    said: '--to 应是 postgres://用户:密码@主机:端口/数据库\n',
  })
  const server = { ...from, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/portal' }
  expect(await moveTo('postgres://nobody@127.0.0.1:1/another', server)).toMatchObject({
    code: 1,
    said: 'move 只从 SQLite 搬出；现在的 DATABASE_URL 已经是 PostgreSQL\n',
  })
})
