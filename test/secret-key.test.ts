import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keptSecretKey, readSecretKey } from '../server/secret-key.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-key-'))
  file = join(folder, 'secret-key')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a key is made once, for the portal alone, and nothing half-made stays beside it', () => {
  const key = keptSecretKey(folder)
  expect(key.length).toBe(32)
  expect(keptSecretKey(folder)).toEqual(key)
  expect(readdirSync(folder)).toEqual(['secret-key'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('of processes that start at once one makes the key, and the others take it', async () => {
  const folders = Array.from({ length: 200 }, (_, place) => join(folder, String(place)))
  for (const one of folders) mkdirSync(one)
  const script = `import { keptSecretKey } from ${JSON.stringify(join(import.meta.dirname, '../server/secret-key.ts'))}
    for (const one of ${JSON.stringify(folders)}) console.log(keptSecretKey(one).toString('base64'))`
  const made = await Promise.all(
    Array.from({ length: 4 }, () => {
      const { stdout } = spawn(process.execPath, ['--input-type=module', '-e', script])
      return text(stdout)
    }),
  )
  const kept = folders.map((one) => `${readFileSync(join(one, 'secret-key'), 'utf8')}\n`).join('')
  expect(new Set(made)).toEqual(new Set([kept]))
})

const short = Buffer.alloc(31, 9).toString('base64')

test.each([
  ['of 0 bytes', ''],
  ['with a line break alone', '\n'],
  ['of 31 bytes', short],
  ['cut off in the middle', Buffer.alloc(32, 9).toString('base64').slice(0, 20)],
  ['of something else', `{"key":"${Buffer.alloc(32, 9).toString('base64')}"}`],
])('a file %s is refused with what to do, and stays as it is', (_, content) => {
  writeFileSync(file, content)
  expect(() => keptSecretKey(folder)).toThrow(/secret-key 里的密钥是空的或不完整，请从另存的副本恢复/)
  expect(readFileSync(file, 'utf8')).toBe(content)
})

test.each([[short], ['一个密钥'], ['a passphrase that is long enough to be a key of 32 bytes']])(
  'SECRET_KEY=%s is refused',
  (value) => expect(() => readSecretKey(value)).toThrow(/^SECRET_KEY 应是 32 个以上随机字节的 base64/),
)

test('a key with a line break after it, or in the alphabet of addresses, is a key', () => {
  const key = Buffer.alloc(32, 0xfb)
  expect(readSecretKey(`${key.toString('base64')}\n`)).toEqual(key)
  expect(readSecretKey(key.toString('base64url'))).toEqual(key)
})
