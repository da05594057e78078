import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { log } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { codeOf, password, type SignedIn, StaffBrowser, signIn } from '../staff.ts'

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

function codeIn(html: string): string {
  return /id="activation-code">([^<]+)</.exec(html)?.[1] ?? ''
}

/** Opens the account with a code as its owner does. */
async function activate(code: string, secret = password) {
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/activation')
  const first = await browser.post('/staff/activation', { code, new_password: secret, repeated: secret })
  const setup = /name="setup" value="([^"]+)"/.exec(first.body)?.[1] ?? ''
  const totpSecret = /class="secret">([^<]+)</.exec(first.body)?.[1]?.replaceAll(' ', '') ?? ''
  const finish = (typed: string) => browser.post('/staff/activation/authenticator', { setup, code: typed })
  return { browser, first, setup, totpSecret, finish }
}

async function idOf(name: string): Promise<string> {
  const { body } = await admin.get('/admin/staff')
  return new RegExp(`href="/admin/staff/([^"]+)">${name}<`).exec(body)?.[1] ?? ''
}

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

test('roles given and taken hold with the next request, and stand in the log', async () => {
  const member = await signIn(portal, 'drafter')
  expect((await member.get('/admin/staff')).statusCode).toBe(403)
  const address = `/admin/staff/${member.id}`
  await admin.get(address)
  const grant = { role: 'admin', consultation: '' }
  const twice = [await admin.post(`${address}/roles`, grant), await admin.post(`${address}/roles`, grant)]
  expect(twice.map(({ statusCode }) => statusCode)).toEqual([303, 303])
  expect((await member.get('/admin/staff')).statusCode).toBe(200)
  await admin.post(`${address}/roles/removal`, { role: 'admin', consultation: '*' })
  expect((await member.get('/admin/staff')).statusCode).toBe(403)
  const entries = await portal.db.query
    .select()
    .from(log)
    .where(eq(log.subject, member.id))
    .orderBy(log.number)
  expect(entries.filter(({ staffId }) => staffId === admin.id)).toMatchObject([
    { act: 'staff.grant', detail: { role: 'admin', consultationId: '*' } },
    { act: 'staff.revoke', detail: { role: 'admin', consultationId: '*' } },
  ])
})

test('a suspended account is out at once and back when it is resumed', async () => {
  const member = await signIn(portal, 'admin')
  const address = `/admin/staff/${member.id}`
  await admin.get(address)
  expect((await admin.post(`${address}/suspension`, {})).statusCode).toBe(303)
  expect((await member.get('/staff/account')).statusCode).toBe(303)
  const refused = await admin.post(`${address}/activation`, {})
  expect(refused.statusCode).toBe(409)
  expect((await admin.get(address)).body).toContain('已停用')
  await admin.post(`${address}/suspension/end`, {})
  forward(1)
  await member.get('/staff/sign-in')
  const form = { name: member.name, password, code: codeOf(member, portal.clock.now) }
  expect((await member.post('/staff/sign-in', form)).statusCode).toBe(303)
})

test('a new code voids the old password at once', async () => {
  const member = await signIn(portal, 'moderator')
  await admin.get(`/admin/staff/${member.id}`)
  const response = await admin.post(`/admin/staff/${member.id}/activation`, {})
  expect((await member.get('/staff/account')).statusCode).toBe(303)
  forward(1)
  await member.get('/staff/sign-in')
  const form = { name: member.name, password, code: codeOf(member, portal.clock.now) }
  expect((await member.post('/staff/sign-in', form)).statusCode).toBe(422)
  const { totpSecret, finish } = await activate(codeIn(response.body), `${password}！`)
  expect((await finish(codeOf({ ...member, totpSecret }, portal.clock.now))).statusCode).toBe(200)
})

test('nobody changes their own account', async () => {
  const { body } = await admin.get(`/admin/staff/${admin.id}`)
  expect(body).toContain('要由另一位管理员办理')
  for (const act of ['roles', 'roles/removal', 'suspension', 'suspension/end', 'activation']) {
    const form = { role: 'moderator', consultation: '*' }
    const response = await admin.post(`/admin/staff/${admin.id}/${act}`, form)
    expect([response.statusCode, act]).toEqual([403, act])
  }
  expect((await admin.get('/admin/staff')).statusCode).toBe(200)
})

test('an auditor reads the accounts and changes none', async () => {
  const auditor = await signIn(portal, 'auditor')
  expect((await auditor.get('/admin/staff')).statusCode).toBe(200)
  const response = await auditor.post('/admin/staff', { name: '某人', role: 'admin' })
  expect(response.statusCode).toBe(403)
  expect(await idOf('某人')).toBe('')
})

test.each([
  ['no name', { name: '  ' }, '请填写姓名'],
  ['a long name', { name: '长'.repeat(41) }, '姓名最多 40 个字'],
  ['a NUL', { name: '王\0五' }, '无法保存的字符'],
  ['lists', { name: ['a'], role: ['b'], consultation: ['c'] }, '请填写姓名'],
  ['no role', { role: '' }, '请选择角色'],
  ['an unknown role', { role: 'constructor' }, '请选择角色'],
  ['no consultation', { consultation: '' }, '请选择在哪一次征求意见中有效'],
  ['an unknown consultation', { consultation: 'x\0' }, '请选择在哪一次征求意见中有效'],
])('with %s no account is made, and what was typed stays', async (_, wrong, said) => {
  const form = { name: '<王五>', role: 'moderator', consultation: '*', ...wrong }
  const response = await admin.post('/admin/staff', form)
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain(said)
  if (form.name === '<王五>') expect(response.body).toContain('value="&lt;王五&gt;"')
})

test('a name is given once, also when two ask at the same time', async () => {
  const form = { name: '王五', role: 'moderator', consultation: '*' }
  const answers = await Promise.all([admin.post('/admin/staff', form), admin.post('/admin/staff', form)])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 422])
  expect(answers.find(({ statusCode }) => statusCode === 422)?.body).toContain('已经有这个姓名的账号')
})

test('an account that is not there is not found', async () => {
  for (const id of ['x', '%00', encodeURIComponent('张三')]) {
    expect((await admin.get(`/admin/staff/${id}`)).statusCode).toBeLessThan(500)
    expect((await admin.get(`/admin/staff/${id}`)).statusCode).toBeGreaterThanOrEqual(400)
  }
})
