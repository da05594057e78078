import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseRevision } from '../../../db/queries/consultations/consultations.ts'
import { comments, consultations } from '../../../db/schema/index.ts'
import type { PublicationPolicy } from '../../../server/rules/consultations/publication-policies.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided, submitComment } from '../decided.ts'

let portal: TestPortal
let commentId: string

const body = '机场航线补贴应当写进本条。'
const base = '/consultations/shanxi-laoqu'

beforeEach(async () => {
  portal = await buildTestApp()
  await submitComment(portal, 'p4', body)
  commentId = await decided(portal, body, 'published')
})
afterEach(() => portal.close())

async function under(publicationPolicy: PublicationPolicy): Promise<void> {
  const [comment] = await portal.db.query.select().from(comments).where(eq(comments.publicId, commentId))
  if (!comment) throw new Error('the comment is gone')
  await portal.db.atomically((tx) => [
    tx.update(consultations).set({ publicationPolicy }).where(eq(consultations.id, comment.consultationId)),
    raiseRevision(tx, comment.consultationId),
  ])
}

const pages = () => ['/', base, `${base}/clauses/p4`, `${base}/comments`, `${base}/comments?q=补贴`]
const get = async (url: string) => (await portal.app.inject(url)).body

test.each([
  ['after_closing', '截止后统一公开'],
  ['outcome_only', '在结果中归纳公布|在公布的结果中归纳说明'],
] as const)('under %s no page shows a comment or counts it, and each says why', async (policy, reason) => {
  await under(policy)
  for (const page of pages()) {
    const html = await get(page)
    expect(html, page).toMatch(new RegExp(reason))
    expect(html, page).not.toContain(body)
    expect(html, page).not.toMatch(/暂无意见|0 条|1 条意见|没有公开的意见|没有找到/)
  }
  expect(await get(`${base}/feed.atom`)).not.toContain(body)
  expect((await portal.app.inject(`${base}/comments/${commentId}`)).statusCode).toBe(404)
})

test('what waited for the closing day is there the day after', async () => {
  await under('after_closing')
  await get(base)
  portal.clock.now = new Date('2026-12-24T02:00:00Z')
  for (const page of pages().slice(2)) expect(await get(page), page).toContain(body)
  expect(await get(base)).toContain('>1 条意见</a>')
  expect(await get(`${base}/feed.atom`)).toContain(body)
  expect((await portal.app.inject(`${base}/comments/${commentId}`)).statusCode).toBe(200)
})
