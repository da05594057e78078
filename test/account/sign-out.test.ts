import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aMember, codeOf, password, StaffBrowser, type TestMember } from '../staff.ts'

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

test('the cookie changes at sign-in and is of no use after sign-out', async () => {
  const asks = (cookie: string) => portal.app.inject({ url: '/staff/account', headers: { cookie } })
  const before = browser.cookie
  await browser.post('/staff/sign-in', typed())
  const signedIn = browser.cookie
  expect(signedIn).not.toBe(before)
  expect((await asks(before)).statusCode).toBe(303)
  expect((await browser.get('/staff/account')).statusCode).toBe(200)
  const out = await browser.post('/staff/sign-out', {})
  expect([out.statusCode, out.headers.location]).toEqual([303, '/staff/sign-in'])
  expect(out.headers['clear-site-data']).toBe('"cache"')
  expect((await asks(signedIn)).statusCode).toBe(303)
})
