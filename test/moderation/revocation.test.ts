import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { comments, decisions, dueDecisions, log, moderationRules, staffRoles } from '../../db/schema/index.ts'
import { dueDeciding } from '../../server/jobs/due-decisions.ts'
import { doRows } from '../../server/jobs/work.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { doSome } from '../jobs/doing.ts'
import { sendForm } from '../public/forms.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment, oneADay, type StoredComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn

beforeEach(async () => {
  portal = await buildTestApp({ grace: 30 })
  moderator = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const publish = { admission: 'admitted', publication: 'published', version: '1' }
const body = '建议增加对山区医生的补贴'

function later(seconds: number): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + seconds * 1000)
}

async function decide(
  browser: SignedIn,
  { publicId }: StoredComment,
  headers = {},
  ruling: object = publish,
) {
  await browser.get('/moderation')
  return browser.post(`/moderation/comments/${publicId}/decision`, ruling, headers)
}

async function stateOf({ id }: StoredComment) {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  return row?.state
}

async function receiptOf({ code }: StoredComment): Promise<string> {
  const response = await portal.app.inject({
    method: 'POST',
    url: '/receipts',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code }).toString(),
  })
  return response.body
}

const clausePage = async ({ clause }: StoredComment) =>
  (await portal.app.inject(`/consultations/shanxi-laoqu/clauses/${clause}`)).body

test('a decision takes effect after its grace, and not before: until then it waits everywhere but in the queue', async () => {
  const comment = await aComment(portal, { body })
  const response = await decide(moderator, comment)
  expect(response.statusCode).toBe(303)
  const page = await moderator.get(String(response.headers.location))
  expect(page.body).toContain('已决定：公开，10:00:30 生效')
  expect(page.body).toContain('撤销本次决定')
  expect(page.body).toContain('没有符合条件的意见。')
  expect(page.body).toContain('全部 <span class="number">0</span>')
  expect(await stateOf(comment)).toBe('pending')
  expect(await clausePage(comment)).not.toContain(body)
  expect(await receiptOf(comment)).not.toContain('已纳入研究并公开')
  expect(await doSome(portal.deps, dueDeciding)).toBe(0)

  later(30)
  expect(await doSome(portal.deps, dueDeciding)).toBe(1)
  expect(await stateOf(comment)).toBe('published')
  expect(await clausePage(comment)).toContain(body)
  expect(await receiptOf(comment)).toContain('已纳入研究并公开')
  expect(await portal.db.query.select().from(dueDecisions)).toEqual([])
  const [entry] = await portal.db.query.select().from(log).where(eq(log.subject, comment.id))
  expect(entry).toMatchObject({ act: 'comment.decide', staffId: moderator.id })
  expect(await wrongCounts(portal.db)).toEqual([])
  expect(await doSome(portal.deps, dueDeciding)).toBe(0)
})

test('is taken back by whoever made it, and opens again; with script in its place', async () => {
  const [first, second] = await oneADay(portal, [{ body }, { body: '第二条意见在这里' }])
  if (!first || !second) throw new Error('nothing was stored')
  const asked: Record<string, string>[] = [{}, { 'hx-request': 'true' }]
  for (const headers of asked) {
    await decide(moderator, first, headers)
    const back = await moderator.post(`/moderation/comments/${first.publicId}/revocation`, {}, headers)
    const page = back.statusCode === 303 ? await moderator.get(String(back.headers.location)) : back
    expect(page.body).toContain(body)
    expect(page.body).toContain('我认领')
    expect(page.body).toContain('data-key="p"')
    later(60)
    expect(await doSome(portal.deps, dueDeciding)).toBe(0)
    expect(await stateOf(first)).toBe('pending')
  }
  const acts = await portal.db.query.select().from(log).where(eq(log.subject, first.id))
  expect(acts.map(({ act }) => act)).toEqual(['comment.revoke', 'comment.revoke'])
})

test('is not taken back by another, nor once it has taken effect: that is reopened', async () => {
  const comment = await aComment(portal, { body })
  const other = await signIn(portal, 'moderator')
  await decide(moderator, comment)
  await other.get('/moderation')
  const there = `/moderation/comments/${comment.publicId}/revocation`
  expect((await other.post(there, {})).statusCode).toBe(409)
  later(30)
  await doSome(portal.deps, dueDeciding)
  const late = await moderator.post(there, {})
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('没有可以撤销的决定')
  expect(late.body).toContain('重新审核')
  expect(await stateOf(comment)).toBe('published')
})

test('nobody else decides, claims or marks meanwhile, and is told who decided', async () => {
  const comment = await aComment(portal, { body })
  const other = await signIn(portal, 'moderator')
  await decide(moderator, comment)
  const refused = await decide(other, comment)
  expect(refused.statusCode).toBe(409)
  expect(refused.body).toContain(`这条意见已由 ${moderator.name} 决定：公开，10:00:30 生效`)
  expect(refused.body).not.toContain('data-key="p"')
  const there = `/moderation/comments/${comment.publicId}`
  expect((await other.post(`${there}/claim`, {})).statusCode).toBe(409)
  const mark = { revision: '1', text: '山区', kind: 'other' }
  expect((await other.post(`${there}/redactions`, mark)).statusCode).toBe(409)
  later(30)
  await doSome(portal.deps, dueDeciding)
  expect(await stateOf(comment)).toBe('published')
  expect(await portal.db.query.select().from(decisions)).toHaveLength(1)
})

test('lapses where its author revises or withdraws it, or where whoever decided may not any more', async () => {
  const [revised, withdrawn, orphaned] = [
    await aComment(portal, { body }),
    await aComment(portal, { body: '我要撤回的意见' }),
    await aComment(portal, { body: '决定的人走了的意见' }),
  ]
  const gone = await signIn(portal, 'moderator')
  await decide(moderator, revised)
  await decide(moderator, withdrawn)
  await decide(gone, orphaned)
  await portal.db.query
    .update(comments)
    .set({ version: 2, body: '改过的意见' })
    .where(eq(comments.id, revised.id))
  await withdraw(withdrawn)
  await portal.db.query.delete(staffRoles).where(eq(staffRoles.staffId, gone.id))
  later(30)
  await doSome(portal.deps, dueDeciding)
  expect(await Promise.all([revised, withdrawn, orphaned].map(stateOf))).toEqual([
    'pending',
    'withdrawn',
    'pending',
  ])
  expect(await portal.db.query.select().from(dueDecisions)).toEqual([])
  expect(await portal.db.query.select().from(decisions)).toEqual([])
  const queue = (await moderator.get('/moderation')).body
  expect(queue).toContain('改过的意见')
  expect(queue).toContain('决定的人走了的意见')
})

test('two who agree go the same way', async () => {
  const comment = await aComment(portal, { body })
  const [{ consultationId = '' } = {}] = await portal.db.query.select().from(comments)
  await portal.db.query.insert(moderationRules).values({ consultationId, agreement: 'all' })
  const other = await signIn(portal, 'moderator')
  await decide(moderator, comment)
  await decide(other, comment)
  expect(await stateOf(comment)).toBe('pending')
  await other.post(`/moderation/comments/${comment.publicId}/revocation`, {})
  expect((await other.get(`/moderation?comment=${comment.publicId}`)).body).toContain(
    `${moderator.name}的意见：公开`,
  )
  await decide(other, comment)
  later(30)
  await doSome(portal.deps, dueDeciding)
  expect(await portal.db.query.select().from(decisions)).toMatchObject([
    { staffId: moderator.id, agreedBy: other.id },
  ])
  expect(await stateOf(comment)).toBe('published')
})

test('what somebody wrote into the rows by hand decides nothing', async () => {
  const [comment, forged] = [await aComment(portal, { body }), await aComment(portal, { body: '另一条意见' })]
  await decide(moderator, comment)
  const [row] = await portal.db.query.select().from(dueDecisions)
  if (!row) throw new Error('nothing is due')
  await portal.db.query.insert(dueDecisions).values({ ...row, commentId: forged.id })
  later(30)
  const errors: unknown[] = []
  await doRows(portal.deps, dueDeciding, { info: () => {}, error: (told) => errors.push(told) })
  expect(errors).toHaveLength(1)
  expect(await stateOf(forged)).toBe('pending')
  expect(await stateOf(comment)).toBe('published')
})

async function withdraw({ publicId, code }: StoredComment): Promise<void> {
  const sent = { code, comment: publicId, confirmed: '1' }
  const response = await sendForm(portal.app, '/receipts/withdrawal', sent)
  expect(response.statusCode, response.body).toBeLessThan(400)
}
