import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { log, sessions, staff } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aMember, codeOf, password, StaffBrowser, signInOnPage, type TestMember } from '../staff.ts'

let portal: TestPortal
let browser: StaffBrowser
let member: TestMember

beforeEach(async () => {
  portal = await buildTestApp()
  browser = new StaffBrowser(portal)
  member = await aMember(portal, 'moderator')
  await browser.get('/staff/sign-in')
})
afterEach(() => portal.close())

function typed(changes: object = {}) {
  return { name: member.name, password, code: codeOf(member, portal.clock.now), ...changes }
}

function forward(minutes: number): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + minutes * 60_000)
}

test('a member of staff signs in and comes to their workspace', async () => {
  const response = await browser.post('/staff/sign-in', typed())
  expect([response.statusCode, response.headers.location]).toEqual([303, '/staff'])
  expect((await browser.get('/staff')).headers.location).toBe('/moderation')
  const [entry] = await portal.db.query.select().from(log).where(eq(log.act, 'staff.sign_in'))
  expect(entry).toMatchObject({ staffId: member.id, subject: member.id, detail: {} })
})

test('signing in leads back to the page that was asked for, and to no other site', async () => {
  const asked = await browser.get('/moderation?consultation=shanxi-laoqu')
  expect(asked.headers.location).toBe(
    `/staff/sign-in?next=${encodeURIComponent('/moderation?consultation=shanxi-laoqu')}`,
  )
  const form = await browser.get(String(asked.headers.location))
  expect(form.body).toContain('name="next" value="/moderation?consultation=shanxi-laoqu"')
  for (const [next, leadsTo] of [
    ['/moderation?consultation=shanxi-laoqu', '/moderation?consultation=shanxi-laoqu'],
    ['/office/新\r\nset-cookie: a=b', '/office/%E6%96%B0set-cookie:%20a=b'],
    ['//evil.example/moderation', '/staff'],
    ['/\\evil.example/moderation', '/staff'],
    ['https://evil.example/office', '/staff'],
    ['/moderation/../consultations', '/staff'],
    ['/moderations', '/staff'],
  ]) {
    forward(1)
    const fresh = new StaffBrowser(portal)
    await fresh.get('/staff/sign-in')
    const response = await fresh.post('/staff/sign-in', typed({ next }))
    expect(response.headers.location, next).toBe(leadsTo)
  }
})

test.each([
  ['an unknown name', { name: '没有这个人' }],
  ['a wrong password', { password: `${password}!` }],
  ['a wrong code', { code: '000000' }],
  ['no code', { code: '' }],
  ['lists instead of texts', { name: ['a'], password: ['b'], code: ['c'] }],
  ['a NUL', { name: '张\0三', password: 'a\0b' }],
  ['half a character', { name: '\u{d83d}' }],
  ['60,000 characters', { password: 'x'.repeat(60_000) }],
])('%s is refused in the same words, without the password', async (_, wrong) => {
  const response = await browser.post('/staff/sign-in', typed(wrong))
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain('姓名、密码或动态验证码不正确')
  expect(response.body).not.toContain(password)
  expect((await browser.get('/staff/account')).statusCode).toBe(303)
})

test('a password is masked, and a manager may fill it in', async () => {
  const { body } = await browser.get('/staff/sign-in')
  expect(body).toMatch(/name="password" type="password" [^>]*autocomplete="current-password"/)
})

test('what was typed as the name stays', async () => {
  const response = await browser.post('/staff/sign-in', typed({ name: '<张三>', next: '/office' }))
  expect(response.body).toContain('value="&lt;张三&gt;"')
  expect(response.body).toContain('value="/office"')
})

test('a code opens one door once, however many try it at the same time', async () => {
  const browsers = Array.from({ length: 8 }, () => new StaffBrowser(portal))
  await Promise.all(browsers.map((other) => other.get('/staff/sign-in')))
  const form = typed()
  const answers = await Promise.all(browsers.map((other) => other.post('/staff/sign-in', form)))
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, ...Array(7).fill(422)])
  forward(1)
  expect((await browser.post('/staff/sign-in', typed())).statusCode).toBe(303)
})

test('a code is taken half a minute early or late, and no further away', async () => {
  const at = (seconds: number) => codeOf(member, new Date(portal.clock.now.getTime() + seconds * 1000))
  expect((await browser.post('/staff/sign-in', typed({ code: at(-90) }))).statusCode).toBe(422)
  expect((await browser.post('/staff/sign-in', typed({ code: at(90) }))).statusCode).toBe(422)
  expect((await browser.post('/staff/sign-in', typed({ code: at(30) }))).statusCode).toBe(303)
})

test('a code older than the last one that was used is not taken', async () => {
  const at = (seconds: number) => codeOf(member, new Date(portal.clock.now.getTime() + seconds * 1000))
  const spaced = at(-30).replace(/(\d{3})/, '$1 ')
  expect((await browser.post('/staff/sign-in', typed({ code: spaced }))).statusCode).toBe(303)
  for (const [code, status] of [
    [at(0), 303],
    [at(0), 422],
    [at(-30), 422],
    [at(30), 303],
  ]) {
    const fresh = new StaffBrowser(portal)
    await fresh.get('/staff/sign-in')
    expect((await fresh.post('/staff/sign-in', typed({ code }))).statusCode).toBe(status)
  }
})

test('the database holds neither the cookie nor the secret of the authenticator', async () => {
  await browser.post('/staff/sign-in', typed())
  const rows = [await portal.db.query.select().from(sessions), await portal.db.query.select().from(staff)]
  const id = /(?<!-)\bstaff=([^.;]+)/.exec(browser.cookie)?.[1] ?? ''
  expect(id.length).toBeGreaterThan(20)
  expect(JSON.stringify(rows)).not.toContain(id)
  expect(JSON.stringify(rows)).not.toContain(member.totpSecret)
  expect(JSON.stringify(rows)).not.toContain(password)
})

test('a form without its token, or with that of another session, changes nothing', async () => {
  const other = await signInOnPage(portal, 'moderator')
  for (const token of ['', other.csrf, ['a', 'b']]) {
    const response = await browser.post('/staff/sign-in', { ...typed(), _csrf: token })
    expect(response.statusCode).toBe(403)
    expect(response.body).toContain('页面已过期')
  }
})

test('a session ends half an hour after its last use, and after twelve hours in any case', async () => {
  const idle = await signInOnPage(portal, 'moderator')
  forward(29)
  expect((await idle.get('/staff/account')).statusCode).toBe(200)
  forward(29)
  expect((await idle.get('/staff/account')).statusCode).toBe(200)
  forward(31)
  expect((await idle.get('/staff/account')).statusCode).toBe(303)

  const busy = await signInOnPage(portal, 'moderator')
  for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
    forward(20)
    expect((await busy.get('/staff/account')).statusCode).toBe(200)
  }
  forward(20)
  expect((await busy.get('/staff/account')).statusCode).toBe(303)
})

test('who is no longer staff is out with the next request', async () => {
  const moderator = await signInOnPage(portal, 'moderator')
  await portal.db.query.update(staff).set({ disabledAt: portal.clock.now }).where(eq(staff.id, moderator.id))
  expect((await moderator.get('/staff/account')).statusCode).toBe(303)
  await moderator.get('/staff/sign-in')
  forward(1)
  const again = { name: moderator.name, password, code: codeOf(moderator, portal.clock.now) }
  expect((await moderator.post('/staff/sign-in', again)).statusCode).toBe(422)
})

test('reading the public site sets no cookie, and looking at a guarded page begins no session', async () => {
  const count = () => portal.db.query.select({ n: sql<number>`count(*)`.mapWith(Number) }).from(sessions)
  const before = await count()
  for (const url of ['/', '/consultations/shanxi-laoqu', '/moderation', '/office', '/nowhere']) {
    expect((await portal.app.inject(url)).headers['set-cookie'], url).toBeUndefined()
  }
  expect(await count()).toEqual(before)
})
