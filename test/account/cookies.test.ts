import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { sessionStore } from '../../server/plugins/session-store.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aMember, codeOf, password, StaffBrowser, signInOnPage } from '../staff.ts'
import { anotherBrowser } from './another-browser.ts'

let portal: TestPortal
afterEach(() => portal.close())

test('on a plain address the cookie is kept from scripts and from other sites', async () => {
  portal = await buildTestApp()
  const response = await portal.app.inject('/staff/sign-in')
  expect(response.headers['set-cookie']).toMatch(/^staff-form=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(response.headers['cache-control']).toBe('no-store')
  const signedIn = await anotherBrowser(portal, await aMember(portal, 'moderator'))
  expect(signedIn.headers['set-cookie']).toMatch(/^staff=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('on https the cookie is bound to the host, and needs a proxy that is trusted', async () => {
  const publicUrl = 'https://yijian.example.gov.cn'
  portal = await buildTestApp({ config: { publicUrl, trustedProxies: ['127.0.0.1'] } })
  const headers = { 'x-forwarded-proto': 'https' }
  const response = await portal.app.inject({ url: '/staff/sign-in', headers })
  expect(response.headers['set-cookie']).toMatch(
    /^__Host-staff-form=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  const member = await aMember(portal, 'moderator')
  const signedIn = await anotherBrowser(portal, member, password, codeOf(member, portal.clock.now), headers)
  expect(signedIn.headers['set-cookie']).toMatch(
    /^__Host-staff=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )

  const plain = await portal.app.inject('/staff/sign-in')
  expect(plain.statusCode).toBe(403)
  expect(plain.headers['set-cookie']).toBeUndefined()
  expect(plain.body).toContain('请用 https 地址打开本页')
  expect(plain.body).toContain('TRUSTED_PROXIES')
})

test('a form from another site is refused even with a session and its token', async () => {
  portal = await buildTestApp()
  const moderator = await signInOnPage(portal, 'moderator')
  await moderator.get('/staff/account')
  const response = await moderator.post('/staff/sign-out', {}, { 'sec-fetch-site': 'cross-site' })
  expect(response.statusCode).toBe(403)
  expect((await moderator.get('/staff/account')).statusCode).toBe(200)
})

test('a request that is under way when its session ends does not bring it back', async () => {
  portal = await buildTestApp()
  const store = sessionStore(portal.deps)
  const read = promisify(store.get)
  const write = promisify(store.set)
  await write('cookie', { cookie: { originalMaxAge: null } })
  const session = await read('cookie')
  if (!session) throw new Error('the session was not stored')
  await promisify(store.destroy)('cookie')
  await write('cookie', session)
  expect(await read('cookie')).toBeNull()
})

test('an address that tries too often is told when to come back', async () => {
  portal = await buildTestApp({ config: { rateLimits: true } })
  const member = await aMember(portal, 'moderator')
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/sign-in')
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const wrong = { name: `某人${attempt}`, password: 'wrong', code: '000000' }
    expect((await browser.post('/staff/sign-in', wrong)).statusCode).toBe(422)
  }
  const right = { name: member.name, password, code: codeOf(member, portal.clock.now) }
  const response = await browser.post('/staff/sign-in', right)
  expect(response.statusCode).toBe(429)
  expect(response.body).toMatch(/请在 \d+ 分钟后再试/)
})
