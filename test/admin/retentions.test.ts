import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { promiseDay } from '../../db/queries/consultations/retentions.ts'
import { comments, consultations, decisions, log, originals, submissions } from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { startOfDay } from '../../server/rules/days.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { tablesWith } from '../every-row.ts'
import { strict } from '../jobs/doing.ts'
import { aComment } from '../moderation/comments.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let admin: SignedIn
const slug = 'shanxi-laoqu'
const archived = `/admin/retentions/${slug}/archive`

beforeEach(async () => {
  portal = await buildTestApp()
  await aComment(portal, {}, { name: '金丝雀', contact: '13800138000' })
})
afterEach(() => portal.close())

/** The outcome is out, and who sent what is to be removed on a day. */
async function concluded(promisedOn: string | null): Promise<void> {
  const [row] = await portal.db.query.update(consultations).set({ outcomeAt: portal.clock.now }).returning()
  if (promisedOn) await portal.db.atomically((tx) => [promiseDay(tx, row?.id ?? '', promisedOn)])
  admin = await signIn(portal, 'admin')
}

async function onDay(day: string): Promise<void> {
  portal.clock.now = new Date(startOfDay(day).getTime() + 60_000)
  admin = await signIn(portal, 'admin')
  while (await followOnce(portal.deps, strict)) {}
}

const isNamed = async () =>
  (await portal.db.query.$count(submissions, eq(submissions.maskedName, '金**'))) > 0 &&
  (await portal.db.query.select().from(submissions))[0]?.name !== null
const startPage = async () => (await admin.get('/admin/staff')).body.replace(/\s+/g, ' ')

test('on the promised day everything is removed by itself, which was said 14 days before', async () => {
  await concluded('2027-06-30')
  await onDay('2027-06-15')
  expect(await startPage()).not.toContain('个人信息承诺保存到')
  await onDay('2027-06-16')
  expect(await startPage()).toContain('的个人信息承诺保存到 2027-06-30，还没有登记归档，到期不会删除')
  await admin.get('/admin/retentions')
  expect((await admin.post(archived, {})).statusCode).toBe(303)
  expect(await startPage()).toContain('的个人信息将于 2027-06-30 自动永久删除')
  const page = (await admin.get('/admin/retentions')).body
  expect(page).toMatch(/测试\w+ 2027-06-16 00:01 登记/)

  await onDay('2027-06-29')
  expect(await isNamed()).toBe(true)
  await onDay('2027-06-30')
  expect(await isNamed()).toBe(false)
  expect(await startPage()).not.toContain('个人信息将于')
  expect((await admin.get('/admin/retentions')).body).toContain('2027-06-30 00:01 已删除')
  const acts = await portal.db.query
    .select({ act: log.act, staffId: log.staffId })
    .from(log)
    .orderBy(log.number)
  expect(acts.filter(({ act }) => act.startsWith('consultation.'))).toMatchObject([
    { act: 'consultation.archive', staffId: expect.any(String) },
    { act: 'consultation.anonymise', staffId: null },
  ])
})

test('never before the archive took the papers over, and never on the day on which somebody says so', async () => {
  await concluded('2026-12-24')
  await onDay('2027-12-24')
  expect(await isNamed()).toBe(true)
  await admin.get('/admin/retentions')
  await admin.post(archived, {})
  await onDay('2027-12-24')
  expect(await isNamed()).toBe(true)
  expect(await startPage()).toContain('的个人信息将于 2027-12-25 自动永久删除')
  await admin.get('/admin/retentions')
  await admin.post(`${archived}/removal`, {})
  await onDay('2027-12-26')
  expect(await isNamed()).toBe(true)
  await admin.get('/admin/retentions')
  await admin.post(archived, {})
  await onDay('2027-12-27')
  expect(await isNamed()).toBe(false)
  await admin.get('/admin/retentions')
  await admin.post(`${archived}/removal`, {})
  expect((await admin.get('/admin/retentions')).body).toContain('已删除')
})

test('where no day was promised, the term begins with the archive', async () => {
  await concluded(null)
  await admin.get('/admin/retentions')
  expect((await admin.get('/admin/retentions')).body).toContain('登记归档后起算')
  await admin.post(archived, {})
  expect((await admin.get('/admin/retentions')).body).toContain('2027-11-23')
})

test('what was refused as unlawful is sealed then, until its own term is over', async () => {
  const { id, publicId } = await aComment(portal, { body: '一段违法的内容，朱丹枫' })
  const moderator = await signIn(portal, 'moderator')
  await moderator.get(`/moderation?comment=${publicId}`)
  const ruling = { admission: 'refused', publication: 'withheld', reason: 'unlawful', version: '1' }
  await moderator.post(`/moderation/comments/${publicId}/decision`, ruling)
  await concluded('2026-12-24')
  await admin.get('/admin/retentions')
  await admin.post(archived, {})
  await onDay('2026-12-24')
  expect(await tablesWith(portal.db, /朱丹枫/)).toEqual([])
  expect(await portal.db.query.$count(originals)).toBe(1)
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  expect(row).toMatchObject({ state: 'refused', body: '' })
  expect(await portal.db.query.$count(decisions)).toBe(1)
  const auditor = await signIn(portal, 'auditor')
  expect((await auditor.get(`/office/${slug}/comments?state=refused`)).body).toContain('（违法内容已封存）')
  await onDay('2027-06-01')
  expect(await portal.db.query.$count(originals)).toBe(0)
})

test.each([
  [{ after_outcome: '29', unlawful: '180' }, '请填写 30 到 3650 之间的天数'],
  [{ after_outcome: '365', unlawful: '0' }, '请填写 1 到 3650 之间的天数'],
  [{ after_outcome: '一年', unlawful: ['1'] }, '请填写 30 到 3650 之间的天数'],
])('terms that cannot be are refused: %j', async (fields, said) => {
  admin = await signIn(portal, 'admin')
  await admin.get('/admin/site')
  const answer = await admin.post('/admin/site/retention', fields)
  expect([answer.statusCode, answer.body.includes(said)]).toEqual([422, true])
})

test('the terms stand in the privacy notice at once, in both languages', async () => {
  const notice = async (query = '') => (await portal.app.inject(`/privacy${query}`)).body
  expect(await notice()).toContain('公布结果满 365 天并且档案移交以后自动删除')
  admin = await signIn(portal, 'admin')
  await admin.get('/admin/site')
  await admin.post('/admin/site/retention', { after_outcome: '400', unlawful: '90' })
  expect(await notice()).toMatch(/公布结果满 400 天[\s\S]*自认定之日起满 90 天/)
  expect(await notice('?lang=en')).toMatch(/400 days after[\s\S]*\s90 days/)
})
