import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { log } from '../../db/schema/index.ts'
import { activateIn, codeIn } from '../account/activate.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { codeOf, password, type SignedIn, signIn } from '../staff.ts'

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

const activate = (code: string, secret?: string) => activateIn(portal, code, secret)

async function idOf(name: string): Promise<string> {
  const { body } = await admin.get('/admin/staff')
  return new RegExp(`href="/admin/staff/([^"]+)">${name}<`).exec(body)?.[1] ?? ''
}

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
