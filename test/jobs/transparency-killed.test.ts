import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { asc } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wrongTrees } from '../../db/queries/transparency/head-check.ts'
import { consultations, leaves, treeHeads } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { closed, publishAt, sendMany } from './heads.ts'

const grower = join(import.meta.dirname, 'tree-grower.ts')
const count = 400

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
  await portal.db.query.update(consultations).set({ headTimes: 'hourly' })
  await sendMany(portal, count)
})
afterAll(() => portal.close())

/** Runs the process until it says this, and kills it so many milliseconds after, or never. @returns whether it had done all by then */
async function growUntilKilled(word: 'taking' | 'leaves', after: number | null): Promise<boolean> {
  const { databaseUrl, dataDir, secretKey } = portal.deps.config
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    SECRET_KEY: secretKey.toString('base64'),
    START: portal.clock.now.toISOString(),
  }
  const child = spawn(process.execPath, [grower], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', async (chunk) => {
    said += chunk
    if (after === null || !String(chunk).includes(word)) return
    await wait(after)
    child.kill('SIGKILL')
  })
  await once(child, 'exit')
  return said.includes('done')
}

test('a process that is killed between leaf and head leaves a tree that the next goes on with', async () => {
  for (const after of [0, 3]) expect(await growUntilKilled('leaves', after)).toBe(false)
  for (const after of [10, 20, 30]) expect(await growUntilKilled('taking', after)).toBe(false)
  const begun = await portal.db.query.$count(leaves)
  expect(begun).toBeGreaterThanOrEqual(20)
  expect(begun).toBeLessThan(count)
  expect(await wrongTrees(portal.db, portal.deps.seals)).toEqual([])

  expect(await growUntilKilled('leaves', null)).toBe(true)
  await publishAt(portal, closed)
  expect(await portal.db.query.$count(leaves)).toBe(count)
  const heads = await portal.db.query.select().from(treeHeads).orderBy(asc(treeHeads.number))
  expect(heads.at(-1)?.size).toBe(count)
  expect(heads.length).toBeGreaterThan(5)
  expect(await wrongTrees(portal.db, portal.deps.seals)).toEqual([])
}, 120_000)
