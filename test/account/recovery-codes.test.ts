import { afterEach, beforeEach, expect, test } from 'vitest'
import { recoveryCodes } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { codeOf, password, type SignedIn, StaffBrowser, signInOnPage } from '../staff.ts'
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

function code(): string {
  return codeOf(member, portal.clock.now)
}

const elsewhere = (secret?: string, factor?: string) => anotherBrowser(portal, member, secret, factor)

async function newCodes(): Promise<string[]> {
  await member.get('/staff/account/recovery-codes')
  const response = await member.post('/staff/account/recovery-codes', { password, code: code() })
  return [...response.body.matchAll(/<code>([0-9A-Z]{5}-[0-9A-Z]{5})<\/code>/g)].map(
    ([, found]) => found ?? '',
  )
}

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
