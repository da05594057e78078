import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileStore } from '../../server/documents/files/file-store.ts'
import { attachmentSweep } from '../../server/jobs/attachment-sweep.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aCommentWithFile } from '../public/sent-files.ts'
import { doSome } from './doing.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const folder = () => join(portal.deps.config.dataDir, 'attachments')
const written = (name: string, minutesAgo: number) => {
  const time = new Date(portal.clock.now.getTime() - minutesAgo * 60_000)
  utimesSync(join(folder(), name), time, time)
}

test('only what no row speaks of is removed, and nothing that may still be under way', async () => {
  const { id } = await aCommentWithFile(portal)
  const store = new FileStore(portal.deps.config.dataDir, 'attachments')
  const receive = () => store.receive(Readable.from(['%PDF-1']))
  await store.keep(await receive(), 'orphan')
  await store.keep(await receive(), 'young-orphan')
  await receive()
  const [temporary = ''] = readdirSync(folder()).filter((name) => name.endsWith('.part'))
  for (const name of [id, 'orphan', temporary]) written(name, 61)
  written('young-orphan', 59)
  expect(await doSome(portal.deps, attachmentSweep())).toBe(2)
  expect(readdirSync(folder()).sort()).toEqual([id, 'young-orphan'].sort())
  expect(await doSome(portal.deps, attachmentSweep())).toBe(0)
})

test('a portal without files has nothing to sweep', async () => {
  expect(await doSome(portal.deps, attachmentSweep())).toBe(0)
  expect(existsSync(folder())).toBe(false)
})
