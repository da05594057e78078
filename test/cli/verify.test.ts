import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { reviseComment, withdraw } from '../../db/queries/receipts/receipt-acts.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import {
  answerCounts,
  arrivalCounts,
  arrivalDays,
  campaignMembers,
  campaigns,
  commentCounts,
  comments,
  consultations,
  decisionCounts,
  endorsedClauses,
  endorsementCounts,
  procedureFiles,
  rulingCounts,
  units,
  versions,
} from '../../db/schema/index.ts'
import { remember } from '../../db/search.ts'
import { FileStore } from '../../server/documents/files/file-store.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { aCommentWithFile } from '../public/sent-files.ts'
import { aMember } from '../staff.ts'
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
  expect(found.said).toMatch(/收到意见计数不符 \S+ p7 web individual ：记为 9，清点 1\n/)
  expect(found.said).toMatch(/提交件数计数不符 \S+ p8 letter individual 武乡县：记为 2，清点 0\n/)
  expect(found.said).toMatch(/逾期意见计数不符 \S+ p7 web individual ：记为 2，清点 0\n/)
  expect(found.said).toMatch(/每天收到意见计数不符 \S+ 2026-11-23：记为 8，清点 1\n/)
  expect(found.said).toMatch(/各条款附议计数不符 \S+ p7：记为 4，清点 0\n/)
  expect(found.said).toMatch(/已答复意见计数不符 \S+ p7 adopted：记为 3，清点 0\n/)
  expect(found.said).toMatch(/审核结果计数不符 \S+ refused off_topic：记为 6，清点 0\n/)
  expect(found.said).toMatch(/部分隐去计数不符 \S+ refused off_topic：记为 2，清点 0\n/)
  expect(found.said).toMatch(/审核决定计数不符 \S+ amend refused withheld off_topic：记为 7，清点 0\n/)
  expect(found.said).toContain('核对发现 14 处问题')

  const mended = await verify('--repair')
  expect([mended.code, mended.out]).toEqual([0, '核对无误，已改正 14 处\n'])
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('a submission of several comments counts once, where its first one is', async () => {
  const on = (clause: string) => ({
    clause,
    stance: 'amend',
    body: '请写明。',
    proposal: null,
    wording: null,
    quote: null,
  })
  await aComment(portal, {}, { comments: [on('p9'), on('p3'), on('p9')] })
  const counted = await portal.db.query.select().from(arrivalCounts)
  expect(counted.map(({ clause, comments, submissions }) => [clause, comments, submissions]).sort()).toEqual([
    ['p3', 1, 0],
    ['p7', 1, 1],
    ['p9', 2, 1],
  ])
  expect((await verify()).code).toBe(0)
  await portal.db.query.update(arrivalCounts).set({ submissions: 5 })
  expect((await verify('--repair')).out).toBe('核对无误，已改正 3 处\n')
  expect(await portal.db.query.select().from(arrivalCounts)).toEqual(expect.arrayContaining(counted))
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
  expect(said).toMatch(new RegExp(`文件缺失：回执 \\S+，attachments/${gone.id}\\n`))
  expect(said).toMatch(new RegExp(`文件被改动：回执 \\S+，attachments/${changed.id}\\n`))
  expect(said).toContain('核对发现 2 处问题')
})

test('reads the files of 程序台账 and 起草说明 too', async () => {
  const { db, deps, clock } = portal
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  const consultationId = consultation?.id ?? ''
  const content = Buffer.from('意见书')
  const filed = await new FileStore(deps.config.dataDir, 'procedure').write(content, 'filed')
  const file = {
    id: 'filed',
    consultationId,
    stepId: null,
    name: '意见书.pdf',
    createdAt: clock.now,
    ...filed,
  }
  await db.query.insert(procedureFiles).values(file)
  const explained = await new FileStore(deps.config.dataDir, 'explanations').write(content, 'explained')
  await db.query
    .update(consultations)
    .set({ explanationFile: { id: 'explained', type: 'pdf', ...explained } })
  expect(await verify()).toMatchObject({ code: 0, said: '' })
  appendFileSync(join(deps.config.dataDir, 'procedure', 'filed'), 'x')
  rmSync(join(deps.config.dataDir, 'explanations', 'explained'))
  const { code, said } = await verify()
  expect(code).toBe(1)
  expect(said).toContain('文件被改动：程序台账 shanxi-laoqu，procedure/filed')
  expect(said).toContain('文件缺失：起草说明 shanxi-laoqu，explanations/explained')
})

test('tells search that knows too little or too much, and not what still waits to be taken in', async () => {
  const { db } = portal
  const first = await aComment(portal)
  const [row] = await db.query.select().from(comments).where(eq(comments.id, first.id))
  const number = row?.number ?? 0
  expect((await verify()).code).toBe(0)
  await db.atomically((tx) => [
    ...remember(tx, 'public', number, '没有公开的意见'),
    ...remember(tx, 'staff', number + 500, '没有的意见'),
  ])
  const { code, said } = await verify()
  expect(code).toBe(1)
  expect(said).toContain('公开检索与意见不符：缺 0 条，多 1 条')
  expect(said).toContain('内部检索与意见不符：缺 2 条，多 1 条')
})

async function makeCountersLie(): Promise<void> {
  const { query } = portal.db
  const [comment] = await query.select().from(comments)
  if (!comment) throw new Error('no comment')
  const { id: commentId, consultationId } = comment
  await query.update(commentCounts).set({ count: 7 })
  await query.update(arrivalCounts).set({ comments: 9, late: 2 })
  const cell = { consultationId, clause: 'p8', channel: 'letter', identity: 'individual', region: '武乡县' }
  await query.insert(arrivalCounts).values({ ...cell, comments: 0, submissions: 2, people: 2, late: 0 })
  await query
    .insert(commentCounts)
    .values({ consultationId, clause: 'p9', stance: 'oppose', state: 'published', count: 3 })
  await query.insert(endorsementCounts).values({ commentId, count: 5 })
  await query.insert(arrivalDays).values({ consultationId, day: '2026-11-23', comments: 8 })
  await query.insert(endorsedClauses).values({ consultationId, clause: 'p7', count: 4 })
  await query.insert(answerCounts).values({ consultationId, clause: 'p7', outcome: 'adopted', count: 3 })
  const { id: staffId } = await aMember(portal, 'moderator')
  const ruled = { admission: 'refused', publication: 'withheld', reason: 'off_topic' }
  await query.insert(decisionCounts).values({ staffId, stance: 'amend', ...ruled, count: 7 })
  await query
    .insert(rulingCounts)
    .values({ consultationId, state: 'refused', reason: 'off_topic', count: 6, redacted: 2 })
  const campaign = { id: 'one', consultationId, representativeId: commentId, createdAt: portal.clock.now }
  await query.insert(campaigns).values({ ...campaign, count: 4 })
  await query
    .insert(campaignMembers)
    .values({ commentId, campaignId: 'one', similarity: 1000, identical: true, takenOut: false })
}

test('a withdrawal is accepted; words that went without one, or stayed somewhere, are named', async () => {
  const { db, deps } = portal
  const sent = await aComment(portal, { body: '撤回的意见' })
  const [row] = await db.query.select().from(comments).where(eq(comments.id, sent.id))
  if (!row) return expect.unreachable('the comment is gone')
  await reviseComment(db, row, { ...row, body: '改过的意见' }, deps.now())
  await withdraw(db, { ...row, version: 2 }, deps.now())
  expect(await verify()).toEqual({ code: 0, out: '核对无误\n', said: '' })

  await db.query.update(versions).set({ body: '撤回的意见' })
  const lost = await aComment(portal, { body: '不见了的意见' })
  await db.query.update(comments).set({ body: '' }).where(eq(comments.id, lost.id))
  const found = await verify()
  expect(found.code).toBe(1)
  expect(found.said).toContain(`意见的内容不见了，操作日志里没有撤回或者封存的记录：${lost.id}\n`)
  expect(found.said).toContain(`意见的内容没有删干净：${sent.id}\n`)
  expect(found.said).toContain(`意见被改动：${lost.id}（2026-11-23 10:00:00 存证之后）\n`)
  expect(found.said).toContain('提交与出具回执时收到的内容不符：')
  expect(found.said).toContain('核对发现 4 处问题')
})
