import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appeals, commentCounts, comments, consultations, log, versions } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { signIn } from '../../staff.ts'
import { decided, submitComment } from '../decided.ts'
import { formFields, sendForm } from '../forms.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const clausePage = (clause: string) => portal.app.inject(`/consultations/shanxi-laoqu/clauses/${clause}`)
const post = (path: string, fields: Record<string, string>) => sendForm(portal.app, path, fields)

/** The comment with this public id, and how its clause's counters stand. */
async function standing(id: string) {
  const [comment] = await portal.db.query.select().from(comments).where(eq(comments.publicId, id))
  const counts = await portal.db.query
    .select({ stance: commentCounts.stance, state: commentCounts.state, count: commentCounts.count })
    .from(commentCounts)
    .where(and(eq(commentCounts.clause, comment?.clause ?? '')))
  return { comment, counts: counts.filter(({ count }) => count !== 0) }
}

const idOf = (html: string) => /name="comment" value="([^"]+)"/.exec(html)?.[1] ?? ''

test('a published comment that is withdrawn leaves the page at once and stays counted', async () => {
  const body = '请把时间表写得更清楚一些。'
  const code = await submitComment(portal, 'p6', body)
  const id = await decided(portal, body, 'published')
  expect((await clausePage('p6')).body).toContain(body)

  const asked = await post('/receipts/withdrawal', { code, comment: id })
  expect(asked.body).toContain('撤回后，这条意见不再公开')
  expect((await standing(id)).comment?.state).toBe('published')

  const done = await post('/receipts/withdrawal', formFields(asked.body.split('不办理')[0] ?? ''))
  expect(done.body).toContain('已经撤回')
  expect((await clausePage('p6')).body).not.toContain(body)
  const { comment, counts } = await standing(id)
  expect(counts).toEqual([{ stance: 'support', state: 'withdrawn', count: 1 }])
  const [entry] = await portal.db.query
    .select()
    .from(log)
    .where(eq(log.subject, comment?.id ?? ''))
  expect(entry).toMatchObject({ act: 'comment.withdraw', staffId: null })

  const again = await post('/receipts/withdrawal', { code, comment: id, confirmed: '1' })
  expect(again.statusCode).toBe(409)
})

test('a waiting comment is given new words, and the old ones are kept', async () => {
  const code = await submitComment(portal, 'p7', '第一次写下的意见内容。')
  const status = await post('/receipts', { code })
  const id = idOf(status.body)
  const form = await post('/receipts/revision', { code, comment: id })
  expect(form.body).toContain('第一次写下的意见内容。</textarea>')

  const fields = { code, comment: id, confirmed: '1', 'words[stance]': 'oppose', 'words[body]': '短' }
  const refused = await post('/receipts/revision', fields)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('<a href="#words-body">意见内容至少 5 个字</a>')

  const done = await post('/receipts/revision', { ...fields, 'words[body]': '想清楚以后写下的意见。' })
  expect(done.body).toContain('想清楚以后写下的意见')
  const { comment, counts } = await standing(id)
  expect(comment).toMatchObject({ state: 'pending', version: 2, stance: 'oppose' })
  expect(counts).toEqual([{ stance: 'oppose', state: 'pending', count: 1 }])
  const [old] = await portal.db.query
    .select()
    .from(versions)
    .where(eq(versions.commentId, comment?.id ?? ''))
  expect(old).toMatchObject({ version: 1, body: '第一次写下的意见内容。', stance: 'support' })

  const moderator = await signIn(portal, 'moderator')
  const { body } = await moderator.get(`/moderation?comment=${comment?.publicId}`)
  expect(body).toMatch(/\d{2}:\d{2} 提出人 修改了意见<\/p>/)
  expect(body).not.toContain('第一次写下的意见内容。')
})

test('a refusal is appealed once, and waits again', async () => {
  const body = '这条意见与第八条有关，请再看一看。'
  const code = await submitComment(portal, 'p8', body)
  const id = await decided(portal, body, 'refused')
  expect((await post('/receipts', { code })).body).toContain('申请复核')
  const done = await post('/receipts/appeal', {
    code,
    comment: id,
    confirmed: '1',
    grounds: '确实与本条有关。',
  })
  expect(done.body).toContain('已经收到复核申请')
  const { comment } = await standing(id)
  expect(comment).toMatchObject({ state: 'pending', review: 2 })
  const [row] = await portal.db.query
    .select()
    .from(appeals)
    .where(eq(appeals.commentId, comment?.id ?? ''))
  expect(row).toMatchObject({ grounds: '确实与本条有关。', review: 2, outcome: null })

  await decided(portal, body, 'refused')
  expect((await post('/receipts/appeal', { code, comment: id, confirmed: '1' })).statusCode).toBe(409)
  expect((await post('/receipts', { code })).body).not.toContain('/receipts/appeal')
})

test('a hundred who withdraw at once move the counters once', async () => {
  const body = '同一条意见，同时撤回很多次。'
  const code = await submitComment(portal, 'p9', body)
  const id = await decided(portal, body, 'published')
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => post('/receipts/withdrawal', { code, comment: id, confirmed: '1' })),
  )
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  expect((await standing(id)).counts).toEqual([{ stance: 'support', state: 'withdrawn', count: 1 }])
})

test('the full name shows only with consent, and no longer once that is taken back', async () => {
  const body = '愿意署名的一条意见内容。'
  const code = await submitComment(portal, 'p10', body, { name: '欧阳小明', show_name: '1' })
  await decided(portal, body, 'published')
  const masked = '不同意公开全名的一条意见。'
  await submitComment(portal, 'p10', masked, { name: '朱小明' })
  await decided(portal, masked, 'published')
  const shown = (await clausePage('p10')).body
  expect(shown).toContain('欧阳小明')
  expect(shown).toContain('朱**')
  expect(shown).not.toContain('朱小明')

  const done = await post('/receipts/name', { code, confirmed: '1' })
  expect(done.body).toContain('姓名已经隐去')
  const after = (await clausePage('p10')).body
  expect(after).not.toContain('欧阳小明')
  expect(after).toContain('欧阳**')
})

test('nobody acts on another person’s comment, nor without a code', async () => {
  const mine = await submitComment(portal, 'p11', '我自己写下的一条意见。')
  await submitComment(portal, 'p11', '别人写下的另一条意见。')
  const [other] = await portal.db.query
    .select()
    .from(comments)
    .where(eq(comments.body, '别人写下的另一条意见。'))
  const id = other?.publicId ?? ''
  for (const act of ['withdrawal', 'revision', 'appeal']) {
    expect((await post(`/receipts/${act}`, { code: mine, comment: id, confirmed: '1' })).statusCode).toBe(404)
    expect((await post(`/receipts/${act}`, { comment: id, confirmed: '1' })).statusCode).toBe(404)
    expect((await post(`/receipts/${act}`, { 'code[]': mine, 'comment[x]': id })).statusCode).toBe(404)
  }
  expect((await standing(id)).comment?.state).toBe('pending')
})

test('once the outcome is published nothing can be taken back but the consent to show a name', async () => {
  const closed = await buildTestApp()
  const body = '结果公布以前写下的意见。'
  const code = await submitComment(closed, 'p3', body, { name: '欧阳小明', show_name: '1' })
  const id = await decided(closed, body, 'published')
  await closed.db.query.update(consultations).set({ outcomeAt: closed.clock.now })
  const refused = await sendForm(closed.app, '/receipts/withdrawal', { code, comment: id, confirmed: '1' })
  expect(refused.statusCode).toBe(409)
  const page = async () => (await closed.app.inject('/consultations/shanxi-laoqu/clauses/p3')).body
  expect(await page()).toContain('欧阳小明')
  await sendForm(closed.app, '/receipts/name', { code, confirmed: '1' })
  expect(await page()).not.toContain('欧阳小明')
  await closed.close()
})
