import { desc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { log, recoveryCodes } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { codeOf, password, type SignedIn, StaffBrowser, signInOnPage } from '../staff.ts'

const another = '另一条足够长的新密码 2027'
let portal: TestPortal
let member: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  member = await signInOnPage(portal, 'moderator', 'drafter')
  later()
})
afterEach(() => portal.close())

/** The authenticator shows another code. */
function later(): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + 60_000)
}

function code(): string {
  return codeOf(member, portal.clock.now)
}

/** The same member in another browser. */
async function elsewhere(secret = password, factor = code()) {
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/sign-in')
  const form = { name: member.name, password: secret, code: factor }
  const response = await browser.post('/staff/sign-in', form)
  return { browser, status: response.statusCode }
}

async function newCodes(): Promise<string[]> {
  await member.get('/staff/account/recovery-codes')
  const response = await member.post('/staff/account/recovery-codes', { password, code: code() })
  return [...response.body.matchAll(/<code>([0-9A-Z]{5}-[0-9A-Z]{5})<\/code>/g)].map(
    ([, found]) => found ?? '',
  )
}

test('says who one is, what one may do and where one is signed in', async () => {
  const { body } = await member.get('/staff/account')
  expect(body).toContain(member.name)
  expect(body).toContain('起草人员、审核员')
  expect(body).toContain('（本机）')
  expect(body).toContain('还有 0 个')
})

test('one signs out everywhere else at once', async () => {
  const other = await elsewhere()
  expect(other.status).toBe(303)
  expect((await member.get('/staff/account')).body.match(/<th scope="row">/g)).toHaveLength(2)
  expect((await member.post('/staff/account/sign-out-elsewhere', {})).statusCode).toBe(303)
  expect((await other.browser.get('/staff/account')).statusCode).toBe(303)
  expect((await member.get('/staff/account')).body.match(/<th scope="row">/g)).toHaveLength(1)
})

test('a new password takes the old one and the second factor, and ends all other sessions', async () => {
  const other = await elsewhere()
  later()
  await member.get('/staff/account/password')
  const chosen = { new_password: another, repeated: another }
  for (const wrong of [
    { password: another, code: code() },
    { password, code: '000000' },
    { password, code: code(), new_password: '太短' },
    { password, code: code(), repeated: '别的一条足够长的密码' },
  ]) {
    const refused = await member.post('/staff/account/password', { ...chosen, ...wrong })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('密码没有修改')
    expect(refused.body).not.toContain(another)
  }
  const response = await member.post('/staff/account/password', { ...chosen, password, code: code() })
  expect(response.body).toContain('密码已修改')
  expect((await other.browser.get('/staff/account')).statusCode).toBe(303)
  expect((await member.get('/staff/account')).statusCode).toBe(200)
  later()
  expect((await elsewhere(password)).status).toBe(422)
  expect((await elsewhere(another)).status).toBe(303)
})

test('each recovery code stands in once for the authenticator, however it is typed', async () => {
  const codes = await newCodes()
  expect(new Set(codes).size).toBe(10)
  const [first = '', second = ''] = codes
  expect((await elsewhere(password, first.toLowerCase().replace('-', ' '))).status).toBe(303)
  expect((await elsewhere(password, first)).status).toBe(422)
  const both = await Promise.all([elsewhere(password, second), elsewhere(password, second)])
  expect(both.map(({ status }) => status).sort()).toEqual([303, 422])
  expect((await member.get('/staff/account')).body).toContain('还有 8 个')
  const stored = await portal.db.query.select().from(recoveryCodes)
  expect(JSON.stringify(stored)).not.toContain(first.replace('-', ''))
})

test('new recovery codes void the old ones, and nobody else’s work', async () => {
  const [old = ''] = await newCodes()
  later()
  await newCodes()
  expect((await elsewhere(password, old)).status).toBe(422)
  const stranger = await signInOnPage(portal, 'moderator')
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/sign-in')
  later()
  const [fresh = ''] = await newCodes()
  const response = await browser.post('/staff/sign-in', { name: stranger.name, password, code: fresh })
  expect(response.statusCode).toBe(422)
})

test('without the second factor there are no new recovery codes', async () => {
  await member.get('/staff/account/recovery-codes')
  const response = await member.post('/staff/account/recovery-codes', { password, code: '123' })
  expect(response.statusCode).toBe(422)
  expect(await portal.db.query.select().from(recoveryCodes)).toEqual([])
})

test('failures are logged without what was typed, and slow the next attempt without refusing it', async () => {
  for (let attempt = 0; attempt < 6; attempt += 1)
    expect((await elsewhere('wrong', '000000')).status).toBe(422)
  const began = performance.now()
  expect((await elsewhere()).status).toBe(303)
  // A timer may be late and never early, so that this holds on any machine.
  expect(performance.now() - began).toBeGreaterThan(1_990)
  const entries = await portal.db.query
    .select()
    .from(log)
    .where(eq(log.act, 'staff.sign_in_failed'))
    .orderBy(desc(log.number))
  expect(entries.map(({ staffId, detail }) => ({ staffId, detail }))).toEqual(
    Array(6).fill({ staffId: member.id, detail: {} }),
  )
})

test('one’s own pages are closed to whoever has not signed in', async () => {
  for (const url of ['/staff/account', '/staff/account/password', '/staff/account/recovery-codes']) {
    expect((await portal.app.inject(url)).headers.location).toBe(
      `/staff/sign-in?next=${encodeURIComponent(url)}`,
    )
    expect((await portal.app.inject({ method: 'POST', url })).statusCode).toBe(
      url === '/staff/account' ? 404 : 401,
    )
  }
})
