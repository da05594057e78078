import { expect, test } from 'vitest'
import { hashPassword, isPassword } from '../../server/credentials/passwords.ts'

const password = '一条足够长的密码 Ａ2026'

test('a password lies as argon2id at the cost that OWASP names, and never twice the same', async () => {
  const [one, other] = [await hashPassword(password), await hashPassword(password)]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/)
  expect(other).not.toBe(one)
})

test('it is known again from another keyboard, and no other is', async () => {
  const stored = await hashPassword(password)
  expect(await isPassword(stored, password)).toBe(true)
  expect(await isPassword(stored, '一条足够长的密码 A2026')).toBe(true)
  expect(await isPassword(stored, '一条足够长的密码 a2026')).toBe(false)
  expect(await isPassword(stored, password.slice(0, -1))).toBe(false)
})

test('where there is no account no password is right', async () => {
  expect(await isPassword(null, 'nobody has this password')).toBe(false)
})
