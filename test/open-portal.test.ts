import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addStaff } from '../db/queries/staff/staff.ts'
import { settings, signingKeys, staff } from '../db/schema/index.ts'
import { createSeals } from '../db/sealing/sealed.ts'
import { buildApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import type { Dependencies } from '../server/dependencies.ts'
import { openPortal, wrongKey } from '../server/open-portal.ts'
import { portalCommand } from './cli/portal-command.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

const right = Buffer.alloc(32, 1)
const wrong = Buffer.alloc(32, 2)

let database: TestDatabase
let dataDir: string
let opened: Dependencies[]
beforeEach(async () => {
  database = await freshDatabase()
  dataDir = mkdtempSync(join(tmpdir(), 'portal-open-'))
  opened = []
})
afterEach(async () => {
  for (const { db } of opened) await db.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const settingsWith = (key: Buffer) => ({
  DATABASE_URL: database.url,
  DATA_DIR: dataDir,
  SECRET_KEY: key.toString('base64'),
  LOG_LEVEL: 'silent',
})

/** A node that starts. */
async function start(key: Buffer): Promise<Dependencies> {
  const deps = await openPortal(readConfig(settingsWith(key)))
  opened.push(deps)
  return deps
}

const verify = (key: Buffer) => portalCommand(['verify'], settingsWith(key))
const checks = () => database.db.query.select().from(settings).where(eq(settings.key, 'secret-key'))

/** What a portal holds that is older than check values: an account that signs in. */
async function addSealed(key: Buffer, name: string): Promise<void> {
  const grants = [{ role: 'admin' as const, consultationId: '*' }]
  const member = { name, passwordHash: 'none', totpSecret: 'GEZDGNBVGY3TQOJQ', grants }
  await addStaff(database.db, createSeals(key), member, { staffId: null, now: new Date() })
}

test('the first key is the portal’s: another is refused at the start, by a second node and by its commands', async () => {
  await start(right)
  const [kept] = await checks()
  await expect(start(wrong)).rejects.toThrow(wrongKey)
  expect(await verify(wrong)).toEqual({ code: 1, out: '', said: `${wrongKey}\n` })
  await start(right)
  expect(await verify(right)).toMatchObject({ code: 0, said: '' })
  expect(await checks()).toEqual([kept])
})

test('of two nodes that start at once with different keys one is refused', async () => {
  const [one, other] = await Promise.allSettled([start(right), start(wrong)])
  expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected'])
})

test('what was sealed before proves the key; one row that is damaged locks nobody out', async () => {
  await addSealed(right, '甲')
  await expect(start(wrong)).rejects.toThrow(wrongKey)
  expect(await checks()).toEqual([])
  await addSealed(right, '乙')
  await database.db.query.update(staff).set({ totpSecret: 'damaged' }).where(eq(staff.name, '乙'))
  await start(right)
  expect(await checks()).toHaveLength(1)
})

test('where the key is lost for good, the operator says so, and the new one is the portal’s', async () => {
  await start(right)
  const replace = (...more: string[]) => portalCommand(['keys', 'replace-lost', ...more], settingsWith(wrong))
  expect(await replace()).toMatchObject({ code: 1, said: expect.stringContaining('永远读不出来') })
  await expect(start(wrong)).rejects.toThrow(wrongKey)
  expect(await replace('--yes')).toMatchObject({ code: 0, said: '' })
  await start(wrong)
  await expect(start(right)).rejects.toThrow(wrongKey)
  expect(await replace('--yes')).toMatchObject({ code: 1, said: expect.stringContaining('不必更换') })
})

test('a node whose database is replaced beneath it by another’s is not ready', async () => {
  const deps = await start(right)
  const app = await buildApp(deps, { strictViews: true })
  const ready = async () => {
    const { statusCode, body } = await app.inject('/readyz')
    return [statusCode, JSON.parse(body)]
  }
  expect(await ready()).toEqual([200, { status: 'ok' }])
  await database.db.query.delete(settings)
  await database.db.query.delete(signingKeys)
  await addSealed(wrong, '丙')
  expect(await ready()).toEqual([503, { status: wrongKey }])
  await start(wrong)
  expect(await ready()).toEqual([503, { status: wrongKey }])
  await app.close()
})
