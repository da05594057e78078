import { afterEach, beforeEach, expect, test } from 'vitest'
import { consultations } from '../../db/schema/index.ts'
import { siteDefaults } from '../../server/rules/site.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { codeOf, password, type SignedIn, signInOnPage } from '../staff.ts'
import { aMinuteLater, anotherBrowser } from './another-browser.ts'

const another = '另一条足够长的新密码 2027'
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

test('a new password takes the old one and the second factor, and ends all other sessions', async () => {
  const other = await elsewhere()
  later()
  const { body: form } = await member.get('/staff/account/password')
  for (const field of ['new_password', 'repeated'])
    expect(form).toMatch(new RegExp(`name="${field}" type="password" [^>]*autocomplete="new-password"`))
  const chosen = { new_password: another, repeated: another }
  const [{ organ } = { organ: '' }] = await portal.db.query.select().from(consultations)
  for (const wrong of [
    { password: another, code: code() },
    { password, code: '000000' },
    { password, code: code(), new_password: '太短' },
    { password, code: code(), repeated: '别的一条足够长的密码' },
    ...['P@ssw0rd2026!', `${siteDefaults.name}二零二六`, `${organ}的密码二零二六`].map((chosen) => ({
      password,
      code: code(),
      new_password: chosen,
      repeated: chosen,
    })),
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
