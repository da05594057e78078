import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wrongCounts } from '../../db/queries/recount.ts'
import {
  campaignMembers,
  campaigns,
  commentCounts,
  comments,
  endorsementCounts,
  units,
} from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { aCommentWithFile } from '../public/sent-files.ts'
import { portalCommand } from './portal-command.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
  await aComment(portal)
})
afterEach(() => portal.close())

const verify = (...args: string[]) =>
  portalCommand(['verify', ...args], {
    DATABASE_URL: portal.deps.config.databaseUrl,
    DATA_DIR: portal.deps.config.dataDir,
  })

test('says that all is well', async () => {
  expect(await verify()).toEqual({ code: 0, out: '核对无误\n', said: '' })
})

test('names every counter that its rows contradict, and mends them only when told to', async () => {
  await makeCountersLie()
  const found = await verify()
  expect([found.code, found.out]).toEqual([1, ''])
  expect(found.said).toMatch(/意见计数不符 \S+ p7 \S+ pending：记为 7，清点 1\n/)
  expect(found.said).toMatch(/意见计数不符 \S+ p9 oppose published：记为 3，清点 0\n/)
  expect(found.said).toMatch(/附议计数不符 \S+：记为 5，清点 0\n/)
  expect(found.said).toMatch(/同类意见计数不符 \S+：记为 4，清点 1\n/)
  expect(found.said).toContain('核对发现 4 处问题')

  const mended = await verify('--repair')
  expect([mended.code, mended.out]).toEqual([0, '核对无误，已改正 4 个计数\n'])
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('tells a published text from which a character is missing, and does not pretend to mend it', async () => {
  const [unit] = await portal.db.query.select().from(units).where(eq(units.key, 'p7'))
  await portal.db.query
    .update(units)
    .set({ text: unit?.text.slice(1) ?? '' })
    .where(eq(units.id, unit?.id ?? ''))
  const { code, said } = await verify('--repair')
  expect(code).toBe(1)
  expect(said).toMatch(/稿件不全 shanxi-laoqu 第 1 稿第 \d+ 字起：原文“.+”，公布稿“.+”\n核对发现 1 处问题/)
})

test('reads every file that came with a submission: one that is missing or changed is named', async () => {
  const [gone, changed] = [await aCommentWithFile(portal), await aCommentWithFile(portal)]
  expect(await verify()).toMatchObject({ code: 0, said: '' })
  const folder = join(portal.deps.config.dataDir, 'attachments')
  rmSync(join(folder, gone.id))
  appendFileSync(join(folder, changed.id), 'x')
  const { code, said } = await verify('--repair')
  expect(code).toBe(1)
  expect(said).toMatch(new RegExp(`附件缺失：回执 \\S+，attachments/${gone.id}\\n`))
  expect(said).toMatch(new RegExp(`附件被改动：回执 \\S+，attachments/${changed.id}\\n`))
  expect(said).toContain('核对发现 2 处问题')
})

async function makeCountersLie(): Promise<void> {
  const { query } = portal.db
  const [comment] = await query.select().from(comments)
  if (!comment) throw new Error('no comment')
  const { id: commentId, consultationId } = comment
  await query.update(commentCounts).set({ count: 7 })
  await query
    .insert(commentCounts)
    .values({ consultationId, clause: 'p9', stance: 'oppose', state: 'published', count: 3 })
  await query.insert(endorsementCounts).values({ commentId, count: 5 })
  const campaign = { id: 'one', consultationId, representativeId: commentId, createdAt: portal.clock.now }
  await query.insert(campaigns).values({ ...campaign, count: 4 })
  await query
    .insert(campaignMembers)
    .values({ commentId, campaignId: 'one', similarity: 1000, identical: true, takenOut: false })
}
