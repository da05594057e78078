import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { comments, consultations, privacyReports } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aComment } from '../../moderation/comments.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { decided } from '../decided.ts'
import { expectValid } from '../valid-html.ts'

let portal: TestPortal
let comment: string

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp({ config: { rateLimits: true } })
  await aComment(portal, { body: '这里写了我家的事。' })
  comment = await decided(portal, '这里写了我家的事。', 'published')
  return portal
})

const base = '/consultations/shanxi-laoqu'
const send = (id: string, remoteAddress = '127.0.0.1') =>
  portal.app.inject({
    method: 'POST',
    url: `${base}/comments/${id}/privacy-reports`,
    remoteAddress,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: '',
  })

test('each published comment leads to it, wherever it is shown', async () => {
  for (const page of [`clauses/p7`, 'comments', `comments/${comment}`]) {
    const { body } = await portal.app.inject(`${base}/${page}`)
    expect(body, page).toContain(`href="${base}/comments/${comment}/privacy-reports/new"`)
  }
})

test('nobody has to say who they are or why: a button, and an address at which the answer will be', async () => {
  const form = await portal.app.inject(`${base}/comments/${comment}/privacy-reports/new`)
  await expectValid(form.body, 'the form')
  expect(form.body).toContain('这里写了我家的事。')
  expect(form.body).not.toMatch(/<(input|textarea|select)/)
  expect(form.headers['x-robots-tag']).toBe('noindex')
  const sent = await send(comment)
  expect(sent.statusCode).toBe(303)
  const page = await portal.app.inject(String(sent.headers.location))
  await expectValid(page.body, 'the report')
  expect(page.body).toContain('我们会在 2026-11-26 以前处理')
  expect(page.body).not.toContain('这里写了我家的事')
  expect([page.headers['cache-control'], page.headers['x-robots-tag']]).toEqual(['no-store', 'noindex'])
  expect(sent.headers['set-cookie']).toBeUndefined()
})

test('nothing is kept of a comment that is not public', async () => {
  const { id } = await aComment(portal, { body: '没有公开的意见。' })
  const [waiting] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  const count = (await portal.db.query.select().from(privacyReports)).length
  for (const unknown of [waiting?.publicId ?? '', id, crypto.randomUUID(), 'x'])
    expect((await send(unknown)).statusCode).toBe(404)
  expect((await portal.db.query.select().from(privacyReports)).length).toBe(count)
  expect((await portal.app.inject(`${base}/privacy-reports/${crypto.randomUUID()}`)).statusCode).toBe(404)
})

test('another site cannot send it, and one address not without end', async () => {
  const crossed = await portal.app.inject({
    method: 'POST',
    url: `${base}/comments/${comment}/privacy-reports`,
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  expect(crossed.statusCode).toBe(403)
  const codes = []
  for (let time = 0; time < 61; time++) codes.push((await send(comment, '192.0.2.8')).statusCode)
  expect(codes).toEqual([...Array(60).fill(303), 429])
})

test('nothing is kept where published comments are not shown yet, and a stranger cannot tell which are published', async () => {
  anewAfter()
  const { id } = await aComment(portal, { body: '还没有决定的意见。' })
  const [waiting] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  const count = await portal.db.query.$count(privacyReports)
  for (const publicationPolicy of ['after_closing', 'outcome_only']) {
    await portal.db.query.update(consultations).set({ publicationPolicy })
    const answers = [await send(comment, '192.0.2.7'), await send(waiting?.publicId ?? '', '192.0.2.7')]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404])
  }
  expect(await portal.db.query.$count(privacyReports)).toBe(count)
})
