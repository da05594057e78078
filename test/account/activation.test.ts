import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { codeOf, password, type SignedIn, StaffBrowser, signIn } from '../staff.ts'
import { activateIn, codeIn } from './activate.ts'

let portal: TestPortal
let admin: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  admin = await signIn(portal, 'admin')
  await admin.get('/admin/staff')
})
afterEach(() => portal.close())

function forward(minutes: number): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + minutes * 60_000)
}

/** Adds a moderator on the page. */
async function invite(name = '王五') {
  const response = await admin.post('/admin/staff', { name, role: 'moderator', consultation: '*' })
  expect(response.statusCode, response.body).toBe(201)
  return codeIn(response.body)
}

const activate = (code: string, secret?: string) => activateIn(portal, code, secret)

test('a new member of staff opens their account with the code, and the administrator learns nothing', async () => {
  const code = await invite()
  expect(code).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
  expect((await admin.get('/admin/staff')).body).toContain('待开通')
  const { browser, totpSecret, finish } = await activate(code.toLowerCase().replaceAll('-', ' '))
  const wrong = await finish('000000')
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('验证码不正确')
  const done = await finish(codeOf({ id: '', name: '', totpSecret }, portal.clock.now))
  expect(done.statusCode).toBe(200)
  expect(done.body.match(/<code>[0-9A-Z]{5}-[0-9A-Z]{5}<\/code>/g)).toHaveLength(10)
  const own = await browser.get('/staff/account')
  expect(own.body).toContain('王五')
  expect(own.body).toContain('审核员')
  expect((await admin.get('/admin/staff')).body).not.toContain('待开通')

  forward(1)
  const later = new StaffBrowser(portal)
  await later.get('/staff/sign-in')
  const next = codeOf({ id: '', name: '', totpSecret }, portal.clock.now)
  const signedIn = await later.post('/staff/sign-in', { name: '王五', password, code: next })
  expect(signedIn.statusCode).toBe(303)
})

test('a code opens an account once, and only for a week', async () => {
  const code = await invite()
  const first = await activate(code)
  const second = await activate(code)
  const now = () => portal.clock.now
  const open = ({ totpSecret, finish }: typeof first) =>
    finish(codeOf({ id: '', name: '', totpSecret }, now()))
  const both = await Promise.all([open(first), open(second)])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  expect((await activate(code)).first.statusCode).toBe(422)

  const late = await invite('赵六')
  forward(7 * 24 * 60)
  const refused = (await activate(late)).first
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('请管理员重新发一个')
})

test.each([
  ['another code', { code: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF' }, '开通码不正确'],
  ['no code', { code: '' }, '开通码不正确'],
  ['a list', { code: ['a', 'b'] }, '开通码不正确'],
  ['a NUL', { code: 'a\0b' }, '开通码不正确'],
  ['a short password', { new_password: '短', repeated: '短' }, '至少要有 12 个字符'],
  ['a slip in the second password', { repeated: '另一条足够长的密码啊啊' }, '两次输入的新密码不一样'],
  ['half a character', { new_password: `\u{d83d}${password}`, repeated: '' }, '还不能进入下一步'],
])('%s opens nothing, and says what to do', async (_, wrong, said) => {
  const code = await invite()
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/activation')
  const form = { code, new_password: password, repeated: password, ...wrong }
  const response = await browser.post('/staff/activation', form)
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain(said)
  expect(response.body).not.toContain(password)
})

test('a form that this portal did not seal opens nothing', async () => {
  const { browser, setup } = await activate(await invite())
  for (const forged of ['', 'x', setup.slice(0, -4), setup.replace(/.$/, '!'), ['a']]) {
    const response = await browser.post('/staff/activation/authenticator', { setup: forged, code: '123456' })
    expect(response.statusCode).toBe(409)
  }
})
