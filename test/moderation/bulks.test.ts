import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bulksOf, turnBulk } from '../../db/queries/moderation/bulks.ts'
import { setAgreement } from '../../db/queries/moderation/votes.ts'
import { appeals, comments, consultations, staffRoles } from '../../db/schema/index.ts'
import { bulkDeciding } from '../../server/jobs/bulks.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { doSome } from '../jobs/doing.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const publish = { admission: 'admitted', publication: 'published' }

async function prepared(fields: object, query = ''): Promise<string> {
  await moderator.get('/moderation')
  const response = await moderator.post(`/moderation/bulks${query}`, fields)
  expect(response.statusCode, response.body).toBe(303)
  return String(response.headers.location)
}

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  return row?.state
}

test('freezes the list, names the count, and decides all of it once confirmed', async () => {
  const ids: string[] = []
  for (let i = 0; i < 3; i++) ids.push((await aComment(portal)).id)
  const address = await prepared(publish)
  const later = await aComment(portal)
  const confirm = await moderator.get(address)
  expect(confirm.body).toContain('确认：对 3 条作出这个决定')
  await doSome(portal.deps, bulkDeciding)
  expect(await stateOf(ids[0] ?? '')).toBe('pending')

  await moderator.post(`${address}/start`, {})
  await doSome(portal.deps, bulkDeciding)
  for (const id of ids) expect(await stateOf(id)).toBe('published')
  expect(await stateOf(later.id)).toBe('pending')
  const done = await moderator.get(address)
  expect(done.body).toContain('已完成')
  expect(done.body).toContain('3 / 3，已决定 3 条，跳过 0 条')
})

test('notes and hands on all of it, and keeps a note that came without a reason', async () => {
  const { publicId } = await aComment(portal)
  const refuse = { admission: 'refused', publication: 'withheld', note: '已电话告知', transferred: 'yes' }
  await moderator.get('/moderation')
  const refused = await moderator.post('/moderation/bulks', refuse)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('>已电话告知</textarea>')
  await moderator.post(`${await prepared({ ...refuse, reason: 'off_topic' })}/start`, {})
  await doSome(portal.deps, bulkDeciding)
  const { body } = await moderator.get(`/moderation?comment=${publicId}`)
  expect(body).toContain('决定：不纳入（非本草案事项），已转办。备注：已电话告知')
})

test('takes what the filter lets through, or what was ticked', async () => {
  const seventh = await aComment(portal, { clause: 'p7' })
  const eighth = await aComment(portal, { clause: 'p8' })
  expect((await moderator.get(await prepared(publish, '?clause=p8'))).body).toContain('对 1 条')
  const address = await prepared({ ...publish, comments: [seventh.publicId] })
  await moderator.post(`${address}/start`, {})
  await doSome(portal.deps, bulkDeciding)
  expect(await stateOf(seventh.id)).toBe('published')
  expect(await stateOf(eighth.id)).toBe('pending')
})

test('skips and lists unjudged personal data, the claims of others and what may not be shown', async () => {
  const other = await signIn(portal, 'moderator')
  const personal = await aComment(portal, { body: '请打 13812345678 找我，谢谢' })
  const claimed = await aComment(portal)
  const office = await aComment(portal, {}, { visibility: 'office' })
  const plain = await aComment(portal)
  await other.get('/moderation')
  await other.post(`/moderation/comments/${claimed.publicId}/claim`, {})
  const address = await prepared(publish)
  await moderator.post(`${address}/start`, {})
  await doSome(portal.deps, bulkDeciding)
  for (const { id } of [personal, claimed, office]) expect(await stateOf(id)).toBe('pending')
  expect(await stateOf(plain.id)).toBe('published')
  const { body } = await moderator.get(address)
  expect(body).toContain('已决定 1 条，跳过 3 条')
  for (const why of ['有未处理的个人信息', '其他审核员正在办理', '提出人要求不公开'])
    expect(body).toContain(why)
  expect(body).toContain(
    `<li>有未处理的个人信息：<a href="/moderation?comment=${personal.publicId}">请打 13812345678 找我，谢谢</a></li>`,
  )
})

test('leaves what shows somebody’s health, or names who is accused, to whoever looks at it alone', async () => {
  const ill = await aComment(portal, { body: '我儿子小军有自闭症，县里没有一家康复机构。' })
  const accused = await aComment(portal, { body: '村会计逯保柱把低保名额给了他小舅子。' })
  const other = await aComment(portal, { body: '我儿子在外地上学。' })
  for (const { publicId } of [ill, accused]) {
    await moderator.get(`/moderation?comment=${publicId}`)
    const keep = { all: 'keep', revision: '1' }
    expect((await moderator.post(`/moderation/comments/${publicId}/redactions`, keep)).statusCode).toBe(303)
    await moderator.post(`/moderation/comments/${publicId}/release`, {})
  }
  const address = await prepared(publish)
  await moderator.post(`${address}/start`, {})
  await doSome(portal.deps, bulkDeciding)
  expect([await stateOf(ill.id), await stateOf(accused.id)]).toEqual(['pending', 'pending'])
  expect(await stateOf(other.id)).toBe('published')
  const page = (await moderator.get(address)).body
  for (const said of ['含敏感个人信息，须单独办理', '需要两人意见一致']) expect(page).toContain(said)
})

test('leaves to a person what is appealed, and to a second one what takes two', async () => {
  const { db, deps } = portal
  const [appealed, plain] = [await aComment(portal), await aComment(portal)]
  await db.query.update(comments).set({ review: 2 }).where(eq(comments.id, appealed.id))
  const appeal = { commentId: appealed.id, grounds: '请再看', review: 2, createdAt: deps.now() }
  await db.query.insert(appeals).values(appeal)
  const [consultation] = await db.query.select().from(consultations)
  await setAgreement(db, consultation?.id ?? '', 'all', { staffId: moderator.id, now: deps.now() })
  const address = await prepared(publish)
  await moderator.post(`${address}/start`, {})
  await doSome(deps, bulkDeciding)
  for (const { id } of [appealed, plain]) expect(await stateOf(id)).toBe('pending')
  expect((await moderator.get(address)).body).toContain('需要两人意见一致 1 条，正在复核，须单独办理 1 条')
})

test('leaves what its moderator may no longer decide', async () => {
  const { id } = await aComment(portal)
  const address = await prepared(publish)
  await moderator.post(`${address}/start`, {})
  await portal.db.query.delete(staffRoles).where(eq(staffRoles.staffId, moderator.id))
  await doSome(portal.deps, bulkDeciding)
  expect(await stateOf(id)).toBe('pending')
  const [bulk] = await bulksOf(portal.db, moderator.id)
  expect(bulk).toMatchObject({ state: 'done', decided: 0, skipped: [{ id, why: 'no_role' }] })
})

test('stops when it is told to', async () => {
  const { id } = await aComment(portal)
  const address = await prepared(publish)
  await moderator.post(`${address}/start`, {})
  await moderator.post(`${address}/stop`, {})
  await doSome(portal.deps, bulkDeciding)
  expect(await stateOf(id)).toBe('pending')
  expect((await moderator.get(address)).body).toContain('已停止')
})

test('starts once', async () => {
  await aComment(portal)
  await prepared(publish)
  const [bulk] = await bulksOf(portal.db, moderator.id)
  if (!bulk) throw new Error('nothing was prepared')
  await turnBulk(portal.db, bulk, 'prepared', 'running', portal.deps.now())
  await expect(turnBulk(portal.db, bulk, 'prepared', 'running', portal.deps.now())).rejects.toThrow()
})

test('asks for a reason and for comments, and belongs to who prepared it', async () => {
  await moderator.get('/moderation')
  expect((await moderator.post('/moderation/bulks', publish)).statusCode).toBe(422)
  await aComment(portal)
  const refusal = { admission: 'refused', publication: 'withheld' }
  expect((await moderator.post('/moderation/bulks', refusal)).statusCode).toBe(422)
  const address = await prepared(publish)
  const other = await signIn(portal, 'moderator')
  expect((await other.get(address)).statusCode).toBe(404)
  expect((await moderator.get('/moderation/bulks')).body).toContain('待确认')
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  await elsewhere.get('/moderation')
  const { publicId } = await aComment(portal)
  expect((await elsewhere.post('/moderation/bulks', { ...publish, comments: [publicId] })).statusCode).toBe(
    403,
  )
})
