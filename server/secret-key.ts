import { randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './config-error.ts'

const leastBytes = 32

/** The key as the operator sets it. @throws ConfigError where it is none */
export function readSecretKey(value: string, setting = 'SECRET_KEY'): Buffer {
  const key = keyIn(value)
  if (!key)
    throw new ConfigError(`${setting} 应是 32 个以上随机字节的 base64，可用 openssl rand -base64 32 生成`)
  return key
}

/** Where the key lies that one node keeps beside its data, and where the one that a rotation brings in until it is done. */
const fileOf = (dataDir: string) => join(dataDir, 'secret-key')
const nextFileOf = (dataDir: string) => join(dataDir, 'secret-key.next')

/**
 * The key that one node keeps beside its data; several nodes on one PostgreSQL must be given the same one.
 * @throws ConfigError where the file holds none: a portal that went on would seal with a key that anybody can guess
 */
export function keptSecretKey(dataDir: string): Buffer {
  const file = fileOf(dataDir)
  if (!existsSync(file)) makeKey(dataDir, file)
  return keyInFile(file)
}

/**
 * The keys that lie beside the data now: one that a rotation brings in, and the one that is kept. In this order, since
 * the first takes the place of the other when the rotation is done.
 */
export function keysBeside(dataDir: string): Buffer[] {
  return [nextFileOf(dataDir), fileOf(dataDir)].flatMap((file) => {
    try {
      return keyIn(readFileSync(file, 'utf8')) ?? []
    } catch (error) {
      if (Object(error).code === 'ENOENT') return []
      throw error
    }
  })
}

/** The key that a rotation brings in, made where there is none yet. */
export function nextSecretKey(dataDir: string): Buffer {
  const file = nextFileOf(dataDir)
  if (!existsSync(file)) makeKey(dataDir, file)
  return keyInFile(file)
}

/** The key that a rotation has brought in is the one that is kept from now on; the one before is gone. */
export function keepNextSecretKey(dataDir: string): void {
  if (!existsSync(nextFileOf(dataDir))) return
  renameSync(nextFileOf(dataDir), fileOf(dataDir))
  syncFolder(dataDir)
}

function keyInFile(file: string): Buffer {
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
