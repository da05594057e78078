import { desc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { log } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signInOnPage } from '../staff.ts'
import { aMinuteLater, anotherBrowser } from './another-browser.ts'

let portal: TestPortal
let member: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  member = await signInOnPage(portal, 'moderator', 'drafter')
  later()
})
afterEach(() => portal.close())

const later = () => aMinuteLater(portal)

const elsewhere = (secret?: string, factor?: string) => anotherBrowser(portal, member, secret, factor)

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
      url === '/staff/account' ? 405 : 401,
    )
  }
})
