import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { changesOf } from '../changes.ts'
import { everyRoute } from '../every-route.ts'
import { slug } from '../office/consultations/conducting.ts'
import { type Everything, everything, opened } from '../public/everything.ts'
import { signIn } from '../staff.ts'

let portal: TestPortal
let all: Everything
let addresses: string[]

beforeAll(async () => {
  const routes = await everyRoute()
  portal = await buildTestApp({ now: opened })
  all = await everything(portal)
  const filled: Record<string, string> = { slug, clause: 'p3', comment: all.comment, before: '1', after: '2' }
  addresses = routes
    // Supervisors ask /readyz whether a write goes well: it makes one, of which nothing stays, at most every five seconds.
    .filter(({ methods, url }) => methods.includes('GET') && url !== '/readyz')
    .map(({ url }) => url.replace(/:(\w+)|\*/g, (_, name: string) => filled[name] ?? '1'))
})
afterAll(() => portal.close())

/** What a browser that has no session may send: nothing, a cookie that means nothing, what a page asks by itself. */
const senders = {
  'a browser that comes for the first time': {},
  'one with cookies that were made up': { cookie: 'staff=forged.forged; staff-form=forged' },
  'a page that asks by itself': { unattended: 'yes', 'hx-request': 'true' },
}

test.each(Object.entries(senders))('reading any address as %s writes nothing', async (_, headers) => {
  expect(addresses.length).toBeGreaterThan(90)
  const writing: string[] = []
  let before = await changesOf(portal.db)
  for (const url of addresses) {
    const { statusCode } = await portal.app.inject({ url, headers: { ...headers } })
    expect(statusCode, url).toBeLessThan(500)
    const after = await changesOf(portal.db)
    if (JSON.stringify(after) !== JSON.stringify(before)) writing.push(url)
    before = after
  }
  expect(writing).toEqual([])
})

test('the counter tells of a write', async () => {
  const before = await changesOf(portal.db)
  await signIn(portal, 'moderator')
  expect(await changesOf(portal.db)).not.toEqual(before)
})
