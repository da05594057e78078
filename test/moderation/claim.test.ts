import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claims } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment, oneADay } from './comments.ts'

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

async function act(browser: SignedIn, publicId: string, path: string, fields: object = {}) {
  await browser.get('/moderation')
  return browser.post(`/moderation/comments/${publicId}/${path}`, fields)
}

describe('a claim', () => {
  test('keeps others from deciding, by name, for ten minutes', async () => {
    const { publicId } = await aComment(portal)
    expect((await act(moderator, publicId, 'claim')).statusCode).toBe(303)
    expect((await other.get(`/moderation?comment=${publicId}`)).body).toContain(
      `${moderator.name} 正在审这一条`,
    )
    expect((await act(other, publicId, 'claim')).statusCode).toBe(409)
    const late = await act(other, publicId, 'decision', publish)
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain(`${moderator.name} 正在审这条意见`)
    portal.clock.now = new Date(portal.clock.now.getTime() + 10 * 60_000)
    expect((await act(other, publicId, 'decision', publish)).statusCode).toBe(303)
  })

  test('is renewed by the open page itself, which keeps nobody signed in', async () => {
    const { publicId } = await aComment(portal)
    await act(moderator, publicId, 'claim')
    const { body } = await moderator.get(`/moderation?comment=${publicId}`)
    const sent = /id="renewal"[^>]* data-hx-headers='([^']+)'/.exec(body)?.[1] ?? '{}'
    const renewal = { ...JSON.parse(sent), 'hx-request': 'true', 'hx-trigger': 'renewal' }
    const renew = () => moderator.post(`/moderation/comments/${publicId}/claim`, {}, renewal)
    for (let minutes = 4; minutes < 30; minutes += 4) {
      portal.clock.now = new Date(portal.clock.now.getTime() + 4 * 60_000)
      expect((await renew()).statusCode).toBe(204)
    }
    expect((await moderator.get('/moderation')).statusCode).toBe(200)
    for (let minutes = 4; minutes < 30; minutes += 4) {
      portal.clock.now = new Date(portal.clock.now.getTime() + 4 * 60_000)
      await renew()
    }
    portal.clock.now = new Date(portal.clock.now.getTime() + 4 * 60_000)
    expect((await renew()).statusCode).toBe(401)
    expect((await moderator.get('/moderation')).statusCode).toBe(303)
  })

  test('is one of twenty at once', async () => {
    const { publicId } = await aComment(portal)
    await Promise.all([moderator.get('/moderation'), other.get('/moderation')])
    const browsers = Array.from({ length: 20 }, (_, i) => (i % 2 ? moderator : other))
    const responses = await Promise.all(
      browsers.map((browser) => browser.post(`/moderation/comments/${publicId}/claim`, {})),
    )
    const mine = new Set(responses.flatMap(({ statusCode }, i) => (statusCode === 303 ? [browsers[i]] : [])))
    expect(mine.size).toBe(1)
  })
})

test('going on leads past what somebody else has taken up meanwhile', async () => {
  const [first, second, third] = await oneADay(portal, [
    {},
    { body: '被别人审的意见' },
    { body: '再下一条意见' },
  ])
  if (!first || !second || !third) return expect.unreachable('three were stored')
  const { body } = await moderator.get(`/moderation?comment=${first.publicId}`)
  expect(body).toMatch(new RegExp(`comments/${second.publicId}/claim[\\s\\S]+name="onward"[\\s\\S]+下一条`))
  await other.get('/moderation')
  await other.post(`/moderation/comments/${second.publicId}/claim`, {})
  const there = `/moderation/comments/${second.publicId}/claim`
  const onward = await moderator.post(there, { onward: 'yes' })
  expect(String(onward.headers.location)).toContain(third.publicId)
  expect((await moderator.post(there, {})).statusCode).toBe(409)
})

test('going on does not end with the page: where others hold all of it, the next page is looked through', async () => {
  const sent = await oneADay(
    portal,
    Array.from({ length: 60 }, (_, i) => ({ body: `第${i}条意见` })),
  )
  const holder = other.id
  const held = sent.slice(1, 55).map(({ id }) => ({ commentId: id, staffId: holder }))
  const until = new Date(portal.clock.now.getTime() + 60_000)
  await portal.db.query.insert(claims).values(held.map((claim) => ({ ...claim, until })))
  const [first] = sent
  const { body } = await moderator.get(`/moderation?comment=${first?.publicId}`)
  const led = /comments\/([\da-f-]+)\/claim[^"]*"(?:(?!<\/form>)[\s\S])*name="onward"/.exec(body)?.[1]
  expect(sent.findIndex(({ publicId }) => publicId === led)).toBe(55)
  // From the last of a page, which stands in no list of this page, on to the one behind it.
  const onward = (await moderator.get(`/moderation?comment=${sent[55]?.publicId}`)).body
  expect(onward).toContain(`/moderation/comments/${sent[56]?.publicId}/claim`)
  expect((await moderator.get(`/moderation?comment=${sent[59]?.publicId}`)).body).not.toContain(
    'name="onward"',
  )
})
