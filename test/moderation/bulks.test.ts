import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bulksOf, turnBulk } from '../../db/queries/moderation/bulks.ts'
import { setAgreement } from '../../db/queries/moderation/votes.ts'
import { saveGrace } from '../../db/queries/settings.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { appeals, comments, consultations, staffRoles } from '../../db/schema/index.ts'
import { bulkReopening } from '../../server/jobs/bulk-reopenings.ts'
import { bulkDeciding } from '../../server/jobs/bulks.ts'
import { dueDeciding } from '../../server/jobs/due-decisions.ts'
import { examining } from '../../server/jobs/examinations.ts'
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

async function prepared(fields: object, query = '?all=yes'): Promise<string> {
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
  const refused = await moderator.post('/moderation/bulks?all=yes', refuse)
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
  expect((await moderator.get(await prepared(publish, '?clause=p8&all=yes'))).body).toContain('对 1 条')
  const address = await prepared({ ...publish, comments: [seventh.publicId] }, '')
  await moderator.post(`${address}/start`, {})
  await doSome(portal.deps, bulkDeciding)
  expect(await stateOf(seventh.id)).toBe('published')
  expect(await stateOf(eighth.id)).toBe('pending')
})

test('nothing ticked is nothing meant: all is a second act, which names its filter, its number and its clauses', async () => {
  for (const clause of ['p7', 'p7', 'p8']) await aComment(portal, { clause })
  const none = await moderator.get('/moderation/bulks/new?stance=amend')
  expect(none.body).toContain('没有勾选意见')
  expect(none.body).toContain(
    '筛选条件：<strong>全部征求意见 · 修改 · 待审</strong>，共 <strong>3 条</strong>',
  )
  expect(none.body).toMatch(/（（五）\s*2 条、[^）]*）\s*1 条）/)
  expect(none.body).toContain('/moderation/bulks/new?stance=amend&amp;all=yes')
  expect(none.body).not.toContain('name="admission"')
  expect((await moderator.post('/moderation/bulks?stance=amend', publish)).statusCode).toBe(422)
  expect(await bulksOf(portal.db, moderator.id)).toEqual([])
  const all = await moderator.get('/moderation/bulks/new?stance=amend&all=yes')
  expect(all.body).toContain('批量处理 3 条意见')
})

test('shows the riskiest and some drawn by chance, and asks for the number of many to be typed', async () => {
  const bodies = Array.from({ length: 201 }, (_, place) => `第 ${place} 条意见，建议写清楚`)
  for (const body of bodies) await aComment(portal, { body })
  const risky = await aComment(portal, { body: '请打 13812345678 找我' })
  await doSome(portal.deps, examining, 300)
  const address = await prepared(publish)
  const page = await moderator.get(address)
  expect(page.body).toMatch(/最要当心的 5 条[\s\S]+13812345678[\s\S]+个人信息 1[\s\S]+随机抽出的 20 条/)
  expect(page.body.match(/第 \d+ 条意见/g)).toHaveLength(24)
  const shown = ({ body }: { body: string }) => body.match(/第 \d+ 条意见/g)
  expect(shown(await moderator.get(address))).toEqual(shown(page))
  for (const count of [undefined, '201', '2O2']) {
    const refused = await moderator.post(`${address}/start`, { count })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('请填写 202')
  }
  expect((await moderator.post(`${address}/start`, { count: '202' })).statusCode).toBe(303)
  expect(await stateOf(risky.id)).toBe('pending')
})

test('leads to the copies that it skipped since their authors asked not to be public', async () => {
  const office = await aComment(portal, { body: '只给起草单位看的意见' }, { visibility: 'office' })
  const plain = await aComment(portal, { body: '可以公开的意见' })
  const address = await prepared(publish)
  await aComment(portal, { body: '后来的意见' })
  await moderator.post(`${address}/start`, {})
  await doSome(portal.deps, bulkDeciding)
  expect(await stateOf(plain.id)).toBe('published')
  const done = await moderator.get(address)
  const [, link = ''] = /href="(\/moderation\?bulk=[^"]+)">审这 1 条/.exec(done.body) ?? []
  const queue = await moderator.get(link)
  expect([...queue.body.matchAll(/id="row-([\da-f-]+)"/g)].map(([, id]) => id)).toEqual([office.publicId])
  const other = await signIn(portal, 'moderator')
  expect((await other.get(link)).body).not.toContain('id="row-')
})

test('a whole bulk is taken back before it takes effect, and reopened in one act afterwards', async () => {
  await saveGrace(portal.db, 30, { staffId: moderator.id, now: portal.clock.now })
  const ids = [(await aComment(portal)).id, (await aComment(portal)).id, (await aComment(portal)).id]
  const states = () => Promise.all(ids.map(stateOf))
  const run = async (address: string) => {
    await moderator.post(`${address}/start`, {})
    await doSome(portal.deps, bulkDeciding)
  }
  const later = async () => {
    portal.clock.now = new Date(portal.clock.now.getTime() + 30_000)
    await doSome(portal.deps, dueDeciding)
  }
  const first = await prepared(publish)
  await run(first)
  expect((await moderator.get(first)).body).toContain('10:00:30 全部生效')
  expect((await moderator.get('/moderation')).body).toContain('没有符合条件的意见')
  await moderator.post(`${first}/revocation`, {})
  await later()
  expect(await states()).toEqual(['pending', 'pending', 'pending'])
  expect((await moderator.get(first)).body).toContain('已撤销')

  const second = await prepared(publish)
  await run(second)
  await later()
  // Whoever watched it to its end has the form to take it back without asking for the page anew.
  const last = await moderator.get(second, { 'hx-request': 'true' })
  expect([last.statusCode, last.body.includes('整批重新审核…')]).toEqual([286, true])
  expect(await states()).toEqual(['published', 'published', 'published'])
  await moderator.post(`${second}/revocation`, {})
  expect((await moderator.get(second)).body).toContain('已完成')
  // One of them was judged anew since: that stands.
  const { publicId } =
    (
      await portal.db.query
        .select()
        .from(comments)
        .where(eq(comments.id, ids[0] ?? ''))
    )[0] ?? {}
  await moderator.post(`/moderation/comments/${publicId}/reopening`, { reason: '单独再看' })
  const refuse = { admission: 'refused', publication: 'withheld', reason: 'off_topic', version: '1' }
  await moderator.post(`/moderation/comments/${publicId}/decision`, refuse)
  await later()
  expect((await moderator.post(`${second}/reopening`, { reason: '' })).statusCode).toBe(422)
  expect((await moderator.post(`${second}/reopening`, { reason: '整批看错了' })).statusCode).toBe(303)
  while ((await doSome(portal.deps, bulkReopening)) > 0);
  expect(await states()).toEqual(['refused', 'pending', 'pending'])
  expect((await moderator.get(second)).body).toContain('已重新审核')
  expect(await wrongCounts(portal.db)).toEqual([])
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
  expect((await moderator.post('/moderation/bulks?all=yes', refusal)).statusCode).toBe(422)
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
