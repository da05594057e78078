import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aMember, codeOf, password, StaffBrowser, signIn, type TestMember } from '../staff.ts'
import { activateIn, codeIn } from './activate.ts'

/* The tokens of the forms before sign-in, which are signed for a cookie and stored nowhere. */
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

const typed = () => ({ name: member.name, password, code: codeOf(member, portal.clock.now) })

/** Tokens that are not this browser's: none, made up, another browser's, and with a letter changed. */
async function foreign(): Promise<string[]> {
  const other = new StaffBrowser(portal)
  await other.get('/staff/sign-in')
  const last = browser.csrf.at(-1) === 'A' ? 'B' : 'A'
  return ['', 'forged', 'a.b.c', other.csrf, browser.csrf.slice(0, -1) + last]
}

test('each of two tabs may be the one that signs in, and the other then leads to where work begins', async () => {
  const first = browser.csrf
  await browser.get('/staff/sign-in?next=/office')
  const second = browser.csrf
  expect(second).not.toBe(first)
  expect((await browser.post('/staff/sign-in', { ...typed(), _csrf: first })).statusCode).toBe(303)
  const late = await browser.post('/staff/sign-in', { ...typed(), next: '/office', _csrf: second })
  expect([late.statusCode, late.headers.location]).toEqual([303, '/office'])
})

test('a form that lay open for a night, while the portal was started anew, signs in', async () => {
  portal.clock.now = new Date(portal.clock.now.getTime() + 14 * 3600_000)
  const app = await buildApp(portal.deps, { strictViews: true })
  const later = new StaffBrowser({ ...portal, app })
  later.keep(browser.cookie)
  later.csrf = browser.csrf
  expect((await later.post('/staff/sign-in', typed())).statusCode).toBe(303)
  await app.close()
})

test('a token sent by script, in a header, is as good', async () => {
  const sent = await browser.post('/staff/sign-in', { ...typed(), _csrf: '' }, { 'csrf-token': browser.csrf })
  expect(sent.statusCode).toBe(303)
})

test('a token without its cookie is none', async () => {
  const bare = new StaffBrowser(portal)
  const sent = await bare.post('/staff/sign-in', { ...typed(), _csrf: browser.csrf })
  expect(sent.statusCode).toBe(403)
})

test('the token from before sign-in is none after it', async () => {
  const before = browser.csrf
  expect((await browser.post('/staff/sign-in', typed())).statusCode).toBe(303)
  expect((await browser.post('/staff/sign-out', { _csrf: before })).statusCode).toBe(403)
  expect((await browser.get('/staff/account')).statusCode).toBe(200)
})

test('sent with a wrong token the form comes again with all but the password, and can be sent', async () => {
  for (const token of await foreign()) {
    const again = await browser.post('/staff/sign-in', { ...typed(), next: '/office', _csrf: token })
    expect(again.statusCode, token).toBe(403)
    expect(again.body).toContain('页面已过期')
    expect(again.body).toContain(`value="${member.name}"`)
    expect(again.body).toContain('name="next" value="/office"')
    expect(again.body).not.toContain(password)
  }
  expect((await browser.post('/staff/sign-in', typed())).statusCode).toBe(303)
})

test('so do both steps of an activation', async () => {
  const admin = await signIn(portal, 'admin')
  await admin.get('/admin/staff')
  const fields = { name: '王五', role: 'moderator', consultation: '*' }
  const code = codeIn((await admin.post('/admin/staff', fields)).body)
  const choice = { new_password: password, repeated: password }
  for (const token of await foreign()) {
    const again = await browser.post('/staff/activation', { code, ...choice, _csrf: token })
    expect(again.statusCode, token).toBe(403)
    expect(again.body).toContain('页面已过期')
    expect(again.body).toContain(`value="${code}"`)
  }
  const { browser: other, setup, totpSecret, finish } = await activateIn(portal, code)
  const first = codeOf({ id: '', name: '', totpSecret }, portal.clock.now)
  const again = await other.post('/staff/activation/authenticator', { setup, code: first, _csrf: 'forged' })
  expect(again.statusCode).toBe(403)
  expect(again.body).toContain('页面已过期')
  expect(again.body).toContain(totpSecret.slice(0, 4))
  expect((await finish(first)).statusCode).toBe(200)
})
