import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DatabaseError } from '../../db/database-error.ts'
import { startWriter, type Thread } from '../../db/sqlite-threads.ts'
import { sqliteFile } from '../../db/url.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let fresh: TestDatabase
let file: string
let writer: Thread
let thread: Worker
const onFatal = vi.fn<(error: Error) => void>()

/** A database with two tables, and a writer of its file. */
async function aWriter(): Promise<{ fresh: TestDatabase; file: string; writer: Thread }> {
  const fresh = await freshDatabase()
  const file = sqliteFile(fresh.url) ?? ''
  const other = new Sqlite(file)
  other.exec(`
    CREATE TABLE parents (id integer PRIMARY KEY);
    CREATE TABLE children (id integer PRIMARY KEY, body text, parent integer REFERENCES parents DEFERRABLE INITIALLY DEFERRED);
  `)
  other.close()
  // The thread of the database itself was begun before.
  process.once('worker', (worker) => {
    thread = worker
  })
  return { fresh, file, writer: await startWriter(file, onFatal) }
}

/** Two jobs while another process holds the lock: they wait for some seconds, and so begin before all else. */
let whileLocked: ReturnType<typeof jobsWhileLocked>
let ofLocked: Awaited<ReturnType<typeof aWriter>>
beforeAll(async () => {
  ofLocked = await aWriter()
  whileLocked = jobsWhileLocked(ofLocked)
})
afterAll(async () => {
  await whileLocked
  await ofLocked.writer.close()
  await ofLocked.fresh.drop()
})

beforeEach(async () => {
  onFatal.mockClear()
  ;({ fresh, file, writer } = await aWriter())
})
afterEach(async () => {
  await writer.close()
  await fresh.drop()
})

const step = (sql: string, ...params: unknown[]) => ({ sql, params, must: false })
const insert = (id: number, parent: number | null = null, body = '') =>
  step('INSERT INTO children (id, parent, body) VALUES (?, ?, ?)', id, parent, body)
const ids = async (of = writer) => {
  const outcome = await of.run([step('SELECT id FROM children ORDER BY id')])
  return 'results' in outcome ? outcome.results[0]?.rows.flat() : outcome
}

/** Once this resolves the writer is at work for some tenths of a second, and what is sent meanwhile is one group. */
async function occupy(): Promise<{ done: Promise<unknown> }> {
  const numbers = 'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4000000)'
  const done = writer.run([step(`${numbers} SELECT max(i) FROM n`)])
  await wait(50)
  return { done }
}

/** Commits in the write-ahead log: the frames whose header names the size that the file has after them. */
function commits(): number {
  const log = readFileSync(`${file}-wal`)
  const frame = 24 + log.readUInt32BE(8)
  let found = 0
  for (let at = 32; at < log.length; at += frame) {
    const ofThisLog = log.subarray(at + 8, at + 16).equals(log.subarray(16, 24))
    if (ofThisLog && log.readUInt32BE(at + 4) > 0) found++
  }
  return found
}

async function jobsWhileLocked({ file, writer }: { file: string; writer: Thread }) {
  const other = new Sqlite(file)
  other.exec('BEGIN IMMEDIATE')
  const outcomes = await Promise.allSettled([writer.run([insert(1)]), writer.run([insert(2)])])
  other.exec('COMMIT')
  other.close()
  return outcomes
}

test('jobs that come together are committed together', async () => {
  const before = commits()
  await Promise.all(Array.from({ length: 400 }, (_, i) => writer.run([insert(i)])))
  expect(commits() - before).toBeLessThan(100)
  expect(await ids()).toHaveLength(400)
})

test('a job that fails undoes itself and none of its group', async () => {
  const jobs = [writer.run([insert(1)]), writer.run([insert(2), insert(1)]), writer.run([insert(3)])]
  const outcomes = await Promise.allSettled(jobs)
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await ids()).toEqual([1, 3])
})

test('a commit that fails rejects every job of its group', async () => {
  const { done } = await occupy()
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map((id) => writer.run([insert(id, id === 2 ? 99 : null)])),
  )
  await done
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await ids()).toEqual([])
})

test('a full disk rejects, and what comes later is kept', async () => {
  const full = await writer.run([step('PRAGMA page_count')])
  const pages = 'results' in full ? Number(full.results[0]?.rows[0]?.[0]) : 0
  await writer.run([step(`PRAGMA max_page_count = ${pages}`)])
  const big = 'x'.repeat(1_000_000)
  const outcomes = await Promise.allSettled([1, 2].map((id) => writer.run([insert(id, null, big)])))
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'SQLITE_FULL' } })
  await writer.run([step('PRAGMA max_page_count = 100000')])
  await writer.run([insert(3, null, big)])
  expect(await ids()).toEqual([3])
})

test('more texts than are known by their number are done as well, and each as what it is', async () => {
  const asked = Array.from({ length: 1200 }, (_, i) => writer.run([step(`SELECT ${i % 600}`)]))
  const found = (await Promise.all(asked)).map((one) => 'results' in one && one.results[0]?.rows[0]?.[0])
  expect(found).toEqual(Array.from({ length: 1200 }, (_, i) => i % 600))
})

test('a lock that another process holds makes writes fail, and not wait for ever', async () => {
  const outcomes = await whileLocked
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'SQLITE_BUSY' } })
  expect(outcomes).toHaveLength(2)
  await ofLocked.writer.run([insert(3)])
  expect(await ids(ofLocked.writer)).toEqual([3])
})

test('when the writer dies, every job is rejected and the process is told once', async () => {
  const dying = thread.terminate()
  const outcomes = await Promise.allSettled([1, 2, 3].map((id) => writer.run([insert(id)])))
  await dying
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  await expect(writer.run([insert(9)])).rejects.toThrow(DatabaseError)
  expect(onFatal).toHaveBeenCalledOnce()
})

test('what the writer throws by itself is its death too', async () => {
  const waiting = Promise.allSettled([writer.run([insert(1)])])
  thread.postMessage(null)
  await expect.poll(() => onFatal.mock.calls.length).toBe(1)
  await waiting
  await expect(writer.run([insert(2)])).rejects.toThrow(TypeError)
})

test('a writer that was closed takes no more jobs, and that is not its death', async () => {
  const last = writer.run([insert(1)])
  await writer.close()
  await expect(last).resolves.toHaveProperty('results')
  await expect(writer.run([insert(2)])).rejects.toThrow('the database is closed')
  expect(onFatal).not.toHaveBeenCalled()
})

test('a file that cannot be opened is said at the start', async () => {
  await expect(startWriter(`${file}/no/such/folder`, onFatal)).rejects.toThrow()
  expect(onFatal).not.toHaveBeenCalled()
})
