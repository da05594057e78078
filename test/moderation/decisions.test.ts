import { afterEach, beforeEach, expect, test } from 'vitest'
import { decisions } from '../../db/schema/index.ts'
import { dueDeciding } from '../../server/jobs/due-decisions.ts'
import { staffIndexing } from '../../server/jobs/staff-search.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { doSome } from '../jobs/doing.ts'
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
const refuse = { admission: 'refused', publication: 'withheld', reason: 'off_topic', version: '1' }

async function decide(browser: SignedIn, { publicId }: StoredComment, ruling: object): Promise<void> {
  await browser.get('/moderation')
  const response = await browser.post(`/moderation/comments/${publicId}/decision`, ruling)
  expect(response.statusCode, response.body).toBe(303)
}

async function later(seconds: number): Promise<void> {
  portal.clock.now = new Date(portal.clock.now.getTime() + seconds * 1000)
  await doSome(portal.deps, dueDeciding)
}

/** What a page says, without its tags, on one line. */
const textOf = (body: string) => body.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')

test('lists what one decided today, the last first, with what can be done about it', async () => {
  const [yesterday, first, second, third] = await oneADay(portal, [
    { body: '昨天审过的意见' },
    { body: '今天先审的意见' },
    { body: '今天后审的意见' },
    { body: '别人审的意见在这里' },
  ])
  if (!yesterday || !first || !second || !third) return expect.unreachable('four were stored')
  expect((await moderator.get('/moderation/decisions')).body).toContain('您今天还没有作过决定')
  await decide(moderator, yesterday, publish)
  await later(30)
  const before = new Date(portal.clock.now.getTime() - 24 * 60 * 60_000)
  await portal.db.query.update(decisions).set({ createdAt: before })
  await decide(moderator, first, publish)
  await decide(await signIn(portal, 'moderator'), third, publish)
  await later(60)
  await decide(moderator, second, refuse)
  const { body } = await moderator.get('/moderation/decisions')
  const said = textOf(body)
  expect(said).toMatch(/还没有生效 10:02:00 生效 · 不纳入（非本草案事项）.+今天后审的意见 撤销本次决定/)
  expect(said).toMatch(/已经生效 10:01:30 · 公开.+今天先审的意见 重新审核…/)
  for (const absent of ['昨天审过', '别人审的']) expect(said).not.toContain(absent)

  const reason = { reason: '看错了一行' }
  expect((await moderator.post(`/moderation/comments/${first.publicId}/reopening`, reason)).statusCode).toBe(
    303,
  )
  expect(textOf((await moderator.get('/moderation/decisions')).body)).toMatch(/现在：待审 今天先审的意见 /)
})

test('goes on over pages', async () => {
  for (let count = 0; count < 51; count += 1) {
    await decide(moderator, await aComment(portal, { body: `意见之${count}` }), publish)
    await later(31)
  }
  const page = await moderator.get('/moderation/decisions')
  expect(page.body).toContain('意见之50')
  expect(page.body).not.toContain('意见之0<')
  expect(page.body).toContain('/moderation/decisions?page=2')
  const next = await moderator.get('/moderation/decisions?page=2')
  expect(next.body).toContain('意见之0<')
  expect(next.body).not.toContain('rel="next"')
  for (const odd of ['0', '-1', 'x', '999']) {
    expect((await moderator.get(`/moderation/decisions?page=${odd}`)).statusCode).toBe(200)
  }
})

test('the queue of a state stands by when it was decided, and is searched', async () => {
  const stored = await oneADay(portal, [
    { body: '早来的意见，建议修路' },
    { body: '后来的意见，建议修桥' },
    { body: '最后来的意见，建议修路灯' },
  ])
  const [early, middle, late] = stored
  if (!early || !middle || !late) return expect.unreachable('three were stored')
  for (const comment of [middle, late, early]) {
    await decide(moderator, comment, publish)
    await later(60)
  }
  await doSome(portal.deps, staffIndexing)
  const places = async (query: string) => {
    const { body } = await moderator.get(`/moderation?state=published${query}`)
    return [...body.matchAll(/id="row-([\da-f-]+)"/g)].map(([, id]) =>
      stored.findIndex((one) => one.publicId === id),
    )
  }
  expect(await places('')).toEqual([0, 2, 1])
  expect(await places(`&after=${early.publicId}`)).toEqual([2, 1])
  expect(await places('&words=修路')).toEqual([0, 2])
  expect(await places('&words=没有这几个字')).toEqual([])
  const { body } = await moderator.get(`/moderation?state=published&comment=${late.publicId}`)
  expect(body).toContain('2026-11-23 10:01 决定')
  expect(body).toMatch(new RegExp(`comments/${middle.publicId}/claim[\\s\\S]+下一条`))
})
