import { accessSync, constants, mkdirSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { join } from 'node:path'
import type { PoolSettings } from '../db/postgres.ts'
import { ConfigError } from './config-error.ts'
import { keptSecretKey, keysBeside, readSecretKey } from './secret-key.ts'
import { readTrustedProxies } from './trusted-proxies.ts'

export interface Config {
  host: string
  port: number
  databaseUrl: string
  dataDir: string
  /** The address under which citizens reach the portal, without a trailing slash; null: whatever Host they used. */
  publicUrl: string | null
  /** 32 bytes from which every other key is derived. */
  secretKey: Buffer
  /** The keys that are at hand besides, as they are when asked: a rotation brings a new one while the portal serves. */
  otherKeys: () => readonly Buffer[]
  /** Whether the key lies in a file beside the data, rather than in the environment. */
  keepsKey: boolean
  trustedProxies: string[]
  logLevel: string
  rateLimits: boolean
  /** How many submissions are worked on at once; the others are asked to come again. */
  submissionsAtOnce: number
  /** How long a connection may bring nothing, or next to nothing, of a request. */
  slowSeconds: number
  /** How a node keeps its connections to a database server. */
  pool: PoolSettings
  /** For how long pages are shown while the database is away, in milliseconds. */
  keptPagesFor: number
  production: boolean
}

/**
 * Reads the settings from the environment and checks each.
 * @throws ConfigError naming the variable and what it should be.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const production = isProduction(env.NODE_ENV)
  const dataDir = env.DATA_DIR || 'data'
  const databaseUrl = readDatabaseUrl(env.DATABASE_URL || `file:${join(dataDir, 'portal.db')}`)
  const settings = {
    host: readHost(env.HOST),
    port: readPort(env.PORT),
    databaseUrl,
    dataDir,
    publicUrl: readPublicUrl(env.PUBLIC_URL, production),
    trustedProxies: readTrustedProxies(env.TRUSTED_PROXIES),
    logLevel: readLogLevel(env.LOG_LEVEL),
    rateLimits: readRateLimits(env.RATE_LIMITS, production),
    submissionsAtOnce: readCount('SUBMISSIONS_AT_ONCE', env.SUBMISSIONS_AT_ONCE || '500', 10_000),
    slowSeconds: readCount('SLOW_SECONDS', env.SLOW_SECONDS || '10', 600),
    pool: {
      size: readCount('DATABASE_POOL', env.DATABASE_POOL || '20', 500, 2),
      statementTimeout: readCount('STATEMENT_TIMEOUT', env.STATEMENT_TIMEOUT || '60', 3600, 0) * 1000,
      keepAlive: readCount('DATABASE_KEEP_ALIVE', env.DATABASE_KEEP_ALIVE || '30', 7200, 0) * 1000,
    },
    keptPagesFor: readCount('KEPT_PAGES_MINUTES', env.KEPT_PAGES_MINUTES || '10', 10, 0) * 60_000,
    production,
  }
  const keys = readGivenKeys(env, production && databaseUrl.startsWith('postgres'))
  // Last: a start that is refused leaves nothing on the disk.
  claim(dataDir)
  return { ...settings, ...(keys ?? keptKeys(dataDir)) }
}

/** A word that is nearly `production` would leave the limits and the strict headers off. */
function isProduction(value: string | undefined): boolean {
  if (value && !['production', 'development', 'test'].includes(value))
    throw new ConfigError('NODE_ENV 只能是 production（正式运行）、development 或 test，也可以不设')
  return value === 'production'
}

function readDatabaseUrl(value: string): string {
  const isFile = value.startsWith('file:') && value !== 'file:'
  if (!(isFile || /^postgres(ql)?:\/\//.test(value)) || !URL.canParse(value))
    throw new ConfigError(
      'DATABASE_URL 应是 file:文件路径，或 postgres://用户:密码@主机:端口/数据库；密码里的 / ? # 要写成 %2F %3F %23',
    )
  return value
}

/** A name is looked up when the portal listens. */
function readHost(value: string | undefined): string {
  const host = value || '127.0.0.1'
  if (!/^[\w.:-]+$/.test(host) || /^[\d.]+$/.test(host) !== isIPv4(host))
    throw new ConfigError('HOST 应是本机的地址，例如 127.0.0.1，不带 http:// 和端口')
  return host
}

function readPort(value: string | undefined): number {
  const port = Number(value || 3000)
  if (!/^\d{0,5}$/.test(value ?? '') || port > 65535) throw new ConfigError('PORT 应是 0 到 65535 的整数')
  return port
}

function readPublicUrl(value: string | undefined, required: boolean): string | null {
  if (!value) {
    if (required)
      throw new ConfigError(
        '正式运行（NODE_ENV=production）必须设 PUBLIC_URL，例如 https://yijian.example.gov.cn',
      )
    return null
  }
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.href !== `${url.origin}/`)
    throw new ConfigError('PUBLIC_URL 只写协议和域名，例如 https://yijian.example.gov.cn')
  return url.origin
}

function readLogLevel(value: string | undefined): string {
  const level = value || 'info'
  if (!['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].includes(level))
    throw new ConfigError('LOG_LEVEL 只能是 fatal、error、warn、info、debug、trace 或 silent')
  return level
}

function readRateLimits(value: string | undefined, production: boolean): boolean {
  if (value && !['on', 'off'].includes(value)) throw new ConfigError('RATE_LIMITS 只能是 on 或 off')
  if (value === 'off' && production)
    throw new ConfigError('RATE_LIMITS=off 只用于测速，正式运行（NODE_ENV=production）时不能关')
  return value !== 'off'
}

function readCount(name: string, value: string, most: number, least = 1): number {
  const count = Number(value)
  if (!/^\d+$/.test(value) || count < least || count > most)
    throw new ConfigError(`${name} 应是 ${least} 到 ${most} 的整数`)
  return count
}

type Keys = Pick<Config, 'secretKey' | 'otherKeys' | 'keepsKey'>

/** null where the environment holds none. */
function readGivenKeys({ SECRET_KEY, NEW_SECRET_KEY }: NodeJS.ProcessEnv, required: boolean): Keys | null {
  if (!SECRET_KEY && required)
    throw new ConfigError(
      '正式运行在 PostgreSQL 上必须设 SECRET_KEY，各节点相同，可用 openssl rand -base64 32 生成',
    )
  if (!SECRET_KEY && NEW_SECRET_KEY)
    throw new ConfigError('NEW_SECRET_KEY 只在更换 SECRET_KEY 时与它一同设；没有设 SECRET_KEY 的，请去掉')
  if (!SECRET_KEY) return null
  const others = NEW_SECRET_KEY ? [readSecretKey(NEW_SECRET_KEY, 'NEW_SECRET_KEY')] : []
  return { secretKey: readSecretKey(SECRET_KEY), otherKeys: () => others, keepsKey: false }
}

function keptKeys(dataDir: string): Keys {
  return { secretKey: keptSecretKey(dataDir), otherKeys: () => keysBeside(dataDir), keepsKey: true }
}

/** Made where it is missing; what cannot be written to is said now, not when the first file comes in. */
function claim(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
}
