import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../server/config.ts'
import { operatorProblem } from '../server/operator-problem.ts'
import { wrongSettings } from './wrong-settings.ts'

let folder: string
let dataDir: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-config-'))
  dataDir = join(folder, 'data')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const secretKey = Buffer.alloc(32, 7).toString('base64')

/** What the operator is told; null where the settings are taken, or where the answer would be a stack. */
function told(env: NodeJS.ProcessEnv): string | null {
  try {
    readConfig({ DATA_DIR: dataDir, ...env })
    return null
  } catch (error) {
    return operatorProblem(error)
  }
}

test.each(wrongSettings)(
  '%s is named in one Chinese sentence for %j, and nothing is left behind',
  (named, env) => {
    const said = told(env)
    expect(said).toContain(named)
    expect(said).toMatch(/^[^\n]*\p{Script=Han}[^\n]*$/u)
    expect(said).not.toContain('secret@')
    expect(existsSync(dataDir)).toBe(false)
  },
)

test('what is not set has a value that serves on this machine', () => {
  expect(readConfig({ DATA_DIR: dataDir })).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: `file:${join(dataDir, 'portal.db')}`,
    publicUrl: null,
    trustedProxies: [],
    logLevel: 'info',
    rateLimits: true,
    submissionsAtOnce: 500,
    slowSeconds: 10,
    production: false,
  })
})

test('what an office sets is taken', () => {
  const set = {
    NODE_ENV: 'production',
    HOST: '::',
    PORT: '0',
    DATABASE_URL: 'postgres://portal:50%@%2Frun%2Fpostgresql/portal?sslmode=disable',
    DATA_DIR: dataDir,
    SECRET_KEY: secretKey,
    PUBLIC_URL: 'https://yijian.example.gov.cn/',
    TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/24,::1/128, loopback',
    LOG_LEVEL: 'warn',
  }
  expect(readConfig(set)).toMatchObject({
    host: '::',
    port: 0,
    publicUrl: 'https://yijian.example.gov.cn',
    trustedProxies: ['127.0.0.1', '10.0.0.0/24', '::1/128', 'loopback'],
    production: true,
  })
})

test('a DATA_DIR that is missing is made, with SECRET_KEY too; one that cannot be made is named', () => {
  readConfig({ DATA_DIR: dataDir, SECRET_KEY: secretKey })
  expect(existsSync(dataDir)).toBe(true)
  const file = join(folder, 'file')
  writeFileSync(file, '')
  for (const wrong of [file, join(file, 'data')])
    expect(told({ DATA_DIR: wrong, SECRET_KEY: secretKey })).toBe(`找不到或不能建立 ${wrong}`)
})
