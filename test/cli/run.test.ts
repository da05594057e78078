import { Readable, Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../server/cli/run.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { portalCommand, secretKey } from './portal-command.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const portal = (...words: string[]) =>
  portalCommand(words, { DATABASE_URL: database.url, DATA_DIR: 'not-used' })

test('the help names every command; without a word it is an error', async () => {
  const { code, out, said } = await portal('--help')
  expect([code, said]).toEqual([0, ''])
  for (const name of [
    'staff',
    'import',
    'export',
    'verify',
    'backup',
    'restore',
    'move',
    'keys',
    'anonymise',
  ])
    expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
  expect(await portal()).toEqual({ code: 1, out: '', said: out })
})

test('a command’s help is its own', async () => {
  const { code, out, said } = await portal('verify', '--help')
  expect([code, said]).toEqual([0, ''])
  expect(out).toContain('--repair')
})

test.each([
  [['veryfy'], "unknown command 'veryfy'"],
  [['verify', '--mend'], "unknown option '--mend'"],
  [['export', 'a'], "required option '--format"],
])('%j is refused with what is wrong and where help is', async (words, wrong) => {
  const { code, out, said } = await portal(...words)
  expect([code, out]).toEqual([1, ''])
  expect(said).toContain(wrong)
  expect(said).toContain('（加 --help 查看用法）')
})

test('a fault of the portal’s own ends with 70 and its stack', async () => {
  let said = ''
  const stderr = new Writable({
    write: (chunk, _, done) => {
      said += chunk
      done()
    },
  })
  const stdin = new Readable({ read: () => stdin.destroy(new Error('the wire is cut')) })
  const env = { DATABASE_URL: database.url, SECRET_KEY: secretKey.toString('base64') }
  const words = ['staff', 'add', '--password-stdin', '--name', '张三', '--role', 'admin']
  expect(await run(words, { env, stdin, stdout: stderr, stderr })).toBe(70)
  expect(said).toMatch(/^Error: the wire is cut\n {4}at /)
})
