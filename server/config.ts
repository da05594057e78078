import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './config-error.ts'
import { keptSecretKey, readSecretKey } from './secret-key.ts'

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
    secretKey: secretKey(env.SECRET_KEY, dataDir, production && databaseUrl.startsWith('postgres')),
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

function secretKey(value: string | undefined, dataDir: string, required: boolean): Buffer {
  if (value) return readSecretKey(value)
  if (required)
    throw new ConfigError('SECRET_KEY is required in production with PostgreSQL: openssl rand -base64 32')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return keptSecretKey(dataDir)
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
