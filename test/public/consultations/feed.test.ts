import { eq } from 'drizzle-orm'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { comments } from '../../../db/schema/index.ts'
import { shanghaiDay } from '../../../server/rules/days.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { decided, submissionsAddress, submitComment } from '../decided.ts'

let portal: TestPortal
const base = '/consultations/shanxi-laoqu'
const airport = '建议把吕梁机场航线补贴也写进来。'
const orchard = '苹果种植户希望补贴标准写清楚。'
const hidden = '这一条提到机场，但还没有审核。'

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  await submitComment(portal, 'p10', airport, { region: '吕梁市', 'comments[0][stance]': 'amend' })
  await submitComment(portal, 'p3', orchard, { region: '临汾市吉县', identity: 'expert' })
  await submitComment(portal, 'p10', hidden)
  await decided(portal, airport, 'published')
  await decided(portal, orchard, 'published')
  return portal
})

test('the feed begins with what was published last, whenever it came in', async () => {
  anewAfter()
  portal.clock.now = new Date('2026-11-25T02:00:00Z')
  const early = '一条早来而晚公开的意见。'
  const late = '一条晚来而先公开的意见。'
  await submitComment(portal, 'p9', early)
  portal.clock.now = new Date('2026-11-26T02:00:00Z')
  await submitComment(portal, 'p9', late)
  await decided(portal, late, 'published')
  portal.clock.now = new Date('2026-11-27T02:00:00Z')
  await decided(portal, early, 'published')
  const { body } = await portal.app.inject(`${base}/feed.atom`)
  expect(body.indexOf(early)).toBeLessThan(body.indexOf(late))
  expect(body.match(/<updated>([^<]+)/g)?.slice(0, 3)).toEqual([
    '<updated>2026-11-27T02:00:00.000Z',
    '<updated>2026-11-27T02:00:00.000Z',
    '<updated>2026-11-26T02:00:00.000Z',
  ])
})

test('an hour of publications stands in the feed whole, so that what falls out tells no order', async () => {
  anewAfter()
  const said = Array.from({ length: 60 }, (_, i) => ({
    clause: `p${1 + (i % 20)}`,
    stance: 'amend',
    body: `第${i}条意见。`,
  }))
  const sent = await portal.app.inject({
    method: 'POST',
    url: submissionsAddress,
    headers: { 'idempotency-key': crypto.randomUUID() },
    payload: { comments: said },
  })
  expect(sent.statusCode).toBe(201)
  const { db } = portal
  const stored = await db.query.select().from(comments)
  const hour = new Date('2026-11-27T02:00:00Z')
  for (const [minute, { id }] of stored.entries()) {
    const publishedAt = new Date(hour.getTime() + minute * 30_000)
    await db.query
      .update(comments)
      .set({ state: 'published', publishedAt, publishedDay: shanghaiDay(publishedAt) })
      .where(eq(comments.id, id))
  }
  portal.clock.now = new Date('2026-11-27T05:00:00Z')
  const { body } = await portal.app.inject(`${base}/feed.atom`)
  expect(body.match(/<entry>/g)).toHaveLength(stored.length)
})

test('the feed and the sitemap tell programs', async () => {
  const feed = await portal.app.inject(`${base}/feed.atom`)
  expect(feed.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
  expect(feed.body).toContain(`<content type="text">${airport}</content>`)
  expect(feed.body).not.toContain(hidden)
  const sitemap = await portal.app.inject('/sitemap.xml')
  expect(sitemap.body.match(/<loc>/g)).toHaveLength(26)
  expect((await portal.app.inject('/robots.txt')).body).toContain('/sitemap.xml')
})

test('what XML cannot carry stands there as a mark, so that readers can still read the feed', async () => {
  anewAfter()
  const said = '中间有退格\b和换页\f的一条意见。'
  await submitComment(portal, 'p9', said)
  await decided(portal, said, 'published')
  const { body } = await portal.app.inject(`${base}/feed.atom`)
  expect(body).toContain('中间有退格␈和换页␌的一条意见。')
  expect(() => new SaxesParser().write(body).close()).not.toThrow()
})
