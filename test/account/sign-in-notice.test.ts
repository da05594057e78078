import { afterEach, beforeEach, expect, test } from 'vitest'
import { renewRecoveryCodes } from '../../db/queries/staff/credentials.ts'
import { newRecoveryCodes, recoveryHashes } from '../../server/credentials/recovery-codes.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aMember, password, type TestMember } from '../staff.ts'
import { anotherBrowser } from './another-browser.ts'

let portal: TestPortal
let member: TestMember

beforeEach(async () => {
  portal = await buildTestApp()
  member = await aMember(portal, 'moderator')
})
afterEach(() => portal.close())

/** Signs in a quarter of an hour later, or fails to; the failures before slow nobody. */
async function signs(who: TestMember, secret = password, factor?: string) {
  portal.clock.now = new Date(portal.clock.now.getTime() + 16 * 60_000)
  return anotherBrowser(portal, who, secret, factor)
}

/** What the first page says after signing in. */
async function told(who: TestMember, factor?: string): Promise<string> {
  const { browser, status } = await signs(who, password, factor)
  expect(status).toBe(303)
  const { body } = await browser.get('/staff/account')
  return /<aside class="sign-in-notice".*?<\/aside>/s.exec(body)?.[0] ?? ''
}

test('after signing in one sees when one last did, and what failed since', async () => {
  expect(await told(member)).toContain('这是本账号第一次登录，此前没有失败的登录。')
  expect(await told(member)).toContain('上次登录：2026-11-23 10:16。此后没有失败的登录。')
  for (let time = 0; time < 3; time += 1) expect((await signs(member, 'wrong', '000000')).status).toBe(422)
  expect(await told(member)).toContain('上次登录：2026-11-23 10:32。此后有 3 次登录失败')
  expect(await told(member)).toContain('此后没有失败的登录')
})

test('ten wrong codes behind the right password are told to the owner and to administrators, and nobody else', async () => {
  const [admin, colleague] = [await aMember(portal, 'admin'), await aMember(portal, 'moderator')]
  const codes = newRecoveryCodes()
  const act = { staffId: member.id, now: portal.clock.now }
  await renewRecoveryCodes(portal.db, recoveryHashes(portal.deps.seals, member.id, codes), act)
  for (let time = 0; time < 10; time += 1) expect((await signs(member, password, '000000')).status).toBe(422)
  const toAdmin = await told(admin)
  expect(toAdmin).toContain(`${member.name}的账号：2026-11-23 12:40，在密码正确的情况下验证码连续输错`)
  expect(await told(admin)).not.toContain(member.name)
  expect(await told(colleague)).not.toContain('验证码连续输错')
  const toOwner = await told(member, codes[0])
  expect(toOwner).toContain('此前有 10 次登录失败')
  expect(toOwner).toContain('说明别人知道您的密码')
  expect(await told(member)).not.toContain('验证码连续输错')
})
