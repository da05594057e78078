import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepOriginal } from '../../db/queries/moderation/originals.ts'
import {
  attachments,
  comments,
  consultations,
  log,
  originals,
  rulingCounts,
  submissions,
} from '../../db/schema/index.ts'
import { sqliteFile } from '../../db/url.ts'
import { FileStore } from '../../server/documents/files/file-store.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { portalCommand } from './portal-command.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
  const person = { name: '金丝雀', showName: true, organisation: '金丝雀合作社', contact: '13800138000' }
  const { db, deps } = portal
  const store = new FileStore(deps.config.dataDir, 'attachments')
  await store.keep(await store.receive(Readable.from(['%PDF-1'])), 'letter')
  const attachments = [{ id: 'letter', name: '合作社来函', type: 'pdf', size: 6, sha256: '' }]
  const { id } = await aComment(portal, { body: '请打▇▇（手机号）' }, { ...person, attachments })
  const original = { id, version: 1, body: '请打 13800138000', wording: null }
  await keepOriginal(db.query, deps.seals, original, [], deps.now())
  const [row] = await db.query.select({ consultationId: comments.consultationId }).from(comments)
  const ruled = { state: 'published', reason: '', count: 1, redacted: 1 }
  await db.query.insert(rulingCounts).values({ consultationId: row?.consultationId ?? '', ...ruled })
})
afterAll(() => portal.close())

const anonymise = (...args: string[]) =>
  portalCommand(['anonymise', ...args], {
    DATABASE_URL: portal.deps.config.databaseUrl,
    DATA_DIR: portal.deps.config.dataDir,
  })

test('removes who sent the comments, once the outcome is out and the operator has said yes', async () => {
  const { db } = portal
  expect(await anonymise('shanxi-laoqu', '--yes')).toMatchObject({
    code: 1,
    said: '结果还没有公布，个人信息还要用来核实和答复\n',
  })
  await db.query.update(consultations).set({ outcomeAt: portal.clock.now, revision: 5 })
  const what = '1 份提交的姓名、单位和联系方式，1 条意见隐去前的原文，1 个附件'
  const warned = await anonymise('shanxi-laoqu')
  expect([warned.code, warned.said]).toEqual([
    1,
    `将永久删除 ${what}，以及数据库旁的旧副本。确认请加 --yes\n`,
  ])
  expect(await db.query.$count(originals)).toBe(1)

  const file = sqliteFile(portal.deps.config.databaseUrl)
  if (file) writeFileSync(`${file}.2026-01-01T00-00-00.000Z.backup`, '旧副本')
  const done = await anonymise('shanxi-laoqu', '--yes')
  expect([done.code, done.said]).toEqual([0, ''])
  expect(done.out).toContain(`已删除 ${what}，旧副本 ${file ? 1 : 0} 个`)
  expect(await db.query.select().from(submissions)).toMatchObject([
    { name: null, maskedName: '金**', showName: false, organisation: null, contact: null },
  ])
  expect(await db.query.$count(originals)).toBe(0)
  expect(await db.query.select().from(rulingCounts)).toMatchObject([{ count: 1, redacted: 0 }])
  expect(await db.query.$count(attachments)).toBe(0)
  expect(readdirSync(join(portal.deps.config.dataDir, 'attachments'))).toEqual([])
  expect(await db.query.select({ body: comments.body }).from(comments)).toEqual([
    { body: '请打▇▇（手机号）' },
  ])
  expect(await db.query.select({ revision: consultations.revision }).from(consultations)).toEqual([
    { revision: 6 },
  ])
  expect(await db.query.select().from(log).where(eq(log.act, 'consultation.anonymise'))).toMatchObject([
    { staffId: null, detail: { submissions: 1, originals: 1, attachments: 1 } },
  ])
})

test('a consultation that is not there is named', async () => {
  expect(await anonymise('nowhere', '--yes')).toEqual({
    code: 1,
    out: '',
    said: '没有网址名为 nowhere 的征求意见活动\n',
  })
})
