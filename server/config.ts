import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Config {
  host: string
  port: number
  databaseUrl: string
  dataDir: string
  /** The address under which citizens reach the portal, without a trailing slash; null: whatever Host they used. */
  publicUrl: string | null
  /** 32 bytes from which every other key is derived. */
  secretKey: Buffer
  trustedProxies: string[]
  logLevel: string
  rateLimits: boolean
  production: boolean
}

/** A setting that cannot be used; its message tells the operator what to change. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * Reads the settings from the environment and checks each.
 * @throws ConfigError naming the variable and what it should be.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const production = env.NODE_ENV === 'production'
  const dataDir = env.DATA_DIR || 'data'
  const databaseUrl = env.DATABASE_URL || `file:${join(dataDir, 'portal.db')}`
  if (!/^(file:|postgres(ql)?:\/\/)/.test(databaseUrl)) {
    throw new ConfigError('DATABASE_URL must start with file: or postgres://')
  }
  return {
    host: env.HOST || '127.0.0.1',
    port: readPort(env.PORT),
    databaseUrl,
    dataDir,
    publicUrl: readPublicUrl(env.PUBLIC_URL),
    secretKey: readSecretKey(env.SECRET_KEY, dataDir, production && databaseUrl.startsWith('postgres')),
    trustedProxies: (env.TRUSTED_PROXIES ?? '')
      .split(',')
      .map((cidr) => cidr.trim())
      .filter(Boolean),
    logLevel: readLogLevel(env.LOG_LEVEL),
    rateLimits: readRateLimits(env.RATE_LIMITS, production),
    production,
  }
}

function readPort(value: string | undefined): number {
  const port = Number(value || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new ConfigError('PORT must be a number from 0 to 65535')
  return port
}

function readPublicUrl(value: string | undefined): string | null {
  if (!value) return null
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new ConfigError('PUBLIC_URL must be an origin such as https://yijian.example.gov.cn')
  }
  return url.origin
}

function readSecretKey(value: string | undefined, dataDir: string, required: boolean): Buffer {
  if (value) {
    const key = Buffer.from(value, 'base64')
    if (key.length < 32) throw new ConfigError('SECRET_KEY must be at least 32 random bytes in base64')
    return key
  }
  if (required)
    throw new ConfigError('SECRET_KEY is required in production with PostgreSQL: openssl rand -base64 32')
  return keptSecretKey(dataDir)
}

/** One node keeps its own key beside its data; several nodes on one PostgreSQL must be given the same one. */
function keptSecretKey(dataDir: string): Buffer {
  const file = join(dataDir, 'secret-key')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64')
}

function readLogLevel(value: string | undefined): string {
  const level = value || 'info'
  if (!['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].includes(level)) {
    throw new ConfigError('LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent')
  }
  return level
}

function readRateLimits(value: string | undefined, production: boolean): boolean {
  if (value && !['on', 'off'].includes(value)) throw new ConfigError('RATE_LIMITS must be on or off')
  if (value === 'off' && production)
    throw new ConfigError('RATE_LIMITS=off is for benches and refused in production')
  return value !== 'off'
}
