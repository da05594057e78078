import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { activationHash, findActivation } from '../../db/queries/staff/activation.ts'
import { findCredentials } from '../../db/queries/staff/credentials.ts'
import { findMember } from '../../db/queries/staff/staff.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { isPassword } from '../../server/credentials/passwords.ts'
import { seedIfEmpty } from '../../server/seed.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { portalCommand, secretKey } from './portal-command.ts'

const seals = createSeals(secretKey)
const password = '一条足够长的测试密码 2026'
let database: TestDatabase

beforeEach(async () => {
  database = await freshDatabase()
  await seedIfEmpty({ db: database.db, now: () => new Date() })
})
afterEach(() => database.drop())

const add = (args: string[], typed = password) =>
  portalCommand(
    ['staff', 'add', '--password-stdin', ...args],
    { DATABASE_URL: database.url, DATA_DIR: tmpdir() },
    typed,
  )

test('makes an account and prints what an authenticator app reads, and nothing else', async () => {
  const { code, out, said } = await add(
    ['--name', '张三', '--role', 'moderator', '--consultation', 'shanxi-laoqu'],
    `${password}\n`,
  )
  expect([code, said]).toEqual([0, ''])
  const account = await findCredentials(database.db, seals, '张三')
  const url = new URL(out)
  expect(`${url.protocol}//${url.host}`).toBe('otpauth://totp')
  expect(decodeURIComponent(url.pathname)).toContain('张三')
  expect(url.searchParams.get('secret')).toBe(account?.totpSecret)
  expect(out).toMatch(/^otpauth:\S+\n$/)
  expect(await isPassword(account?.passwordHash ?? null, password)).toBe(true)
  const member = await findMember(database.db, account?.id ?? '')
  expect(member?.grants).toEqual([
    { role: 'moderator', consultationId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  ])
})

test('invites: what it prints activates the account, once, and no password is typed', async () => {
  const invite = (name: string) =>
    portalCommand(['staff', 'invite', '--name', name, '--role', 'admin'], {
      DATABASE_URL: database.url,
      DATA_DIR: tmpdir(),
    })
  const { code, out, said } = await invite('王管理')
  expect([code, said]).toEqual([0, ''])
  expect(out).toMatch(
    /^开通码 \S+，\S+ \S+ 前有效，只能用一次\n请本人打开 http:\S+\/staff\/activation 输入\n$/,
  )
  const [, activation = ''] = /开通码 ([^，]+)/.exec(out) ?? []
  const invited = await findActivation(database.db, activationHash(seals, activation), new Date())
  expect(invited?.name).toBe('王管理')
  expect(await findCredentials(database.db, seals, '王管理')).toBeNull()
  expect((await findMember(database.db, invited?.id ?? ''))?.grants).toEqual([
    { role: 'admin', consultationId: '*' },
  ])
  expect(await invite('王管理')).toEqual({ code: 1, out: '', said: '已经有名为 王管理 的账号\n' })
  expect(await invite(' ')).toMatchObject({ code: 1, said: expect.stringContaining('请填写姓名') })
})

test('without --consultation a role holds everywhere', async () => {
  expect((await add(['--name', '李四', '--role', 'admin'])).code).toBe(0)
  const account = await findCredentials(database.db, seals, '李四')
  expect((await findMember(database.db, account?.id ?? ''))?.grants).toEqual([
    { role: 'admin', consultationId: '*' },
  ])
})

test.each([
  ['a short password', ['--name', '张三', '--role', 'drafter'], '短密码', '密码至少要有 12 个字符'],
  ['a common password', ['--name', '张三', '--role', 'drafter'], 'password1234', '太常见'],
  ['no password', ['--name', '张三', '--role', 'drafter'], '', '密码至少要有 12 个字符'],
  [
    'an unknown consultation',
    ['--name', '张三', '--role', 'drafter', '--consultation', 'no'],
    password,
    '没有',
  ],
  ['an empty name', ['--name', ' ', '--role', 'drafter'], password, '请填写姓名'],
  [
    'a site-wide role for one',
    ['--name', '张三', '--role', 'admin', '--consultation', 'shanxi-laoqu'],
    password,
    '不分活动',
  ],
  ['an unknown role', ['--name', '张三', '--role', 'king'], password, 'moderator'],
])('%s is refused with what to do, and no account', async (_, args, typed, advice) => {
  const { code, out, said } = await add(args, typed)
  expect([code, out]).toEqual([1, ''])
  expect(said).toContain(advice)
  expect(said).not.toMatch(/\bat .*\.ts:/)
  expect(await findCredentials(database.db, seals, '张三')).toBeNull()
})

test('a name is taken once', async () => {
  expect((await add(['--name', '张三', '--role', 'drafter'])).code).toBe(0)
  const again = await add(['--name', '张三', '--role', 'drafter'])
  expect([again.code, again.out, again.said]).toEqual([1, '', '已经有名为 张三 的账号\n'])
})
