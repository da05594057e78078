import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { reopen } from '../../db/queries/moderation/reviews.ts'
import { withdraw } from '../../db/queries/receipts/receipt-acts.ts'
import { Refused } from '../../db/refused.ts'
import { comments, decisions, reopenings } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
let moderator: SignedIn
let other: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
  other = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const publish = { admission: 'admitted', publication: 'published', version: '1' }
const withhold = { admission: 'admitted', publication: 'withheld', reason: 'third_party', version: '1' }

async function act(browser: SignedIn, publicId: string, path: string, fields: object = {}) {
  await browser.get('/moderation')
  return browser.post(`/moderation/comments/${publicId}/${path}`, fields)
}

async function stateOf(publicId: string): Promise<string | undefined> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
  return row?.state
}

test('a decided comment is reopened with a reason, and keeps every decision', async () => {
  const { publicId } = await aComment(portal)
  await act(moderator, publicId, 'decision', publish)
  expect((await act(moderator, publicId, 'reopening', { reason: '' })).statusCode).toBe(422)
  expect((await act(moderator, publicId, 'reopening', { reason: '漏看了电话' })).statusCode).toBe(303)
  const [stored] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
  expect(stored).toMatchObject({ state: 'pending', publishedAt: null, publishedDay: null })
  expect((await act(moderator, publicId, 'reopening', { reason: '再来' })).statusCode).toBe(409)
  await act(other, publicId, 'decision', withhold)
  expect(await portal.db.query.select().from(decisions)).toHaveLength(2)
  expect(await portal.db.query.select().from(reopenings)).toHaveLength(1)
  const { body } = await other.get(`/moderation?comment=${publicId}`)
  expect(body).toContain(`${moderator.name} 决定：公开`)
  expect(body).toContain(`${moderator.name} 重新审核：漏看了电话`)
})

test('what its author withdrew a moment ago is not reopened', async () => {
  const { publicId } = await aComment(portal)
  await act(moderator, publicId, 'decision', publish)
  const seen = await commentToJudge(portal.db, publicId)
  if (!seen) return expect.unreachable('the comment was stored')
  await withdraw(portal.db, seen, portal.deps.now())
  await expect(
    reopen(portal.db, seen, '再看', { staffId: moderator.id, now: portal.deps.now() }),
  ).rejects.toThrow(Refused)
  expect(await stateOf(publicId)).toBe('withdrawn')
})
