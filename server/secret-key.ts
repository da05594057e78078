import { randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './config-error.ts'

const leastBytes = 32

/** The key as the operator sets it. @throws ConfigError where it is none */
export function readSecretKey(value: string): Buffer {
  const key = keyIn(value)
  if (!key)
    throw new ConfigError('SECRET_KEY 应是 32 个以上随机字节的 base64，可用 openssl rand -base64 32 生成')
  return key
}

/**
 * The key that one node keeps beside its data; several nodes on one PostgreSQL must be given the same one.
 * @throws ConfigError where the file holds none: a portal that went on would seal with a key that anybody can guess
 */
export function keptSecretKey(dataDir: string): Buffer {
  const file = join(dataDir, 'secret-key')
  if (!existsSync(file)) makeKey(dataDir, file)
  const key = keyIn(readFileSync(file, 'utf8'))
  if (!key)
    throw new ConfigError(
      `${file} 里的密钥是空的或不完整，请从另存的副本恢复这个文件；如果是第一次启动，删除它，会新建一个`,
    )
  return key
}

/** null where it is not base64, or of fewer than 32 bytes. */
function keyIn(text: string): Buffer | null {
  const typed = text.trim()
  const key = Buffer.from(typed, 'base64')
  return /^[\w+/-]+={0,2}$/.test(typed) && key.length >= leastBytes ? key : null
}

/** A key has its name only once it is on the disk: what is sealed with one that a crash loses opens never again. */
function makeKey(dataDir: string, file: string): void {
  const unfinished = `${file}.${randomUUID()}.part`
  try {
    writeFileSync(unfinished, randomBytes(leastBytes).toString('base64'), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
    giveName(unfinished, file)
    syncFolder(dataDir)
  } finally {
    rmSync(unfinished, { force: true })
  }
}

/** Not by renaming, which would replace the key of a process that has started at the same time and works with it. */
function giveName(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if (Object(error).code !== 'EEXIST') throw error
  }
}

function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
