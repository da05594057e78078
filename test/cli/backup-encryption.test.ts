import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  DamagedBackupFile,
  decrypted,
  encrypted,
  OtherBackupKey,
} from '../../server/cli/backups/encryption.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { filesUnder } from '../stored-bytes.ts'
import { aBackup, anEmptyPlace, nothingWrong, placeOf, verified } from './backing-up.ts'
import { portalCommand, secretKey } from './portal-command.ts'

const key = Buffer.alloc(32, 3)
const BACKUP_KEY = key.toString('base64')

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
  await aComment(portal, { body: '只有密钥才读得到的话' })
})
afterAll(() => portal.close())

const place = () => placeOf(portal.deps.config)
const hasWords = (dir: string) =>
  filesUnder(dir).filter(({ bytes }) => bytes.includes('只有密钥才读得到的话')).length

test('nothing can be read in an encrypted backup, and its key restores it', async () => {
  expect(hasWords((await aBackup(place())).dir)).toBeGreaterThan(0)
  const { dir, out } = await aBackup(place(), { BACKUP_KEY })
  expect(out).toContain('已用 BACKUP_KEY 加密；其中没有 SECRET_KEY，两个密钥都请另行保存，少一个就恢复不了\n')
  expect(filesUnder(dir).every(({ name }) => name.endsWith('.encrypted'))).toBe(true)
  expect(hasWords(dir)).toBe(0)
  const elsewhere = await anEmptyPlace()
  expect(await portalCommand(['restore', dir], { ...elsewhere, BACKUP_KEY })).toMatchObject({
    code: 0,
    said: '',
  })
  expect(await verified(elsewhere)).toEqual(nothingWrong)
})

test('without its key, or with another, it is refused in a sentence', async () => {
  const { dir } = await aBackup(place(), { BACKUP_KEY })
  const elsewhere = await anEmptyPlace()
  const restore = (env: object) => portalCommand(['restore', dir], { ...elsewhere, ...env })
  expect(await restore({})).toEqual({
    code: 1,
    out: '',
    said: '这个备份是加密的，请把 BACKUP_KEY 设为备份时的那一个\n',
  })
  expect(await restore({ BACKUP_KEY: Buffer.alloc(32, 4).toString('base64') })).toEqual({
    code: 1,
    out: '',
    said: 'BACKUP_KEY 不是这个备份所用的那一个，什么都没有恢复\n',
  })
})

test('a key that is none, or the portal’s own, encrypts nothing', async () => {
  expect((await aBackup(place(), { BACKUP_KEY: 'secret' })).said).toBe(
    'BACKUP_KEY 应是 32 个以上随机字节的 base64，可用 openssl rand -base64 32 生成\n',
  )
  expect((await aBackup(place(), { BACKUP_KEY: secretKey.toString('base64') })).said).toBe(
    'BACKUP_KEY 不能与 SECRET_KEY 相同，请另外生成一个\n',
  )
})

const piece = 64 * 1024
async function* inChunks(bytes: Buffer, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}
const encryptedOf = (bytes: Buffer, name = 'tables/log.ndjson') =>
  buffer(encrypted(inChunks(bytes, 1000), key, name))
const decryptedOf = (bytes: Buffer, name = 'tables/log.ndjson', by = key) =>
  buffer(decrypted(inChunks(bytes, 777), by, name))

test.each([0, 1, piece - 1, piece, piece + 1, 3 * piece])('%d bytes come back as they were', async (size) => {
  const bytes = Buffer.alloc(size, 'x')
  expect((await decryptedOf(await encryptedOf(bytes))).equals(bytes)).toBe(true)
})

test('pieces that are cut off, swapped, left out or of another file are noticed', async () => {
  const whole = await encryptedOf(Buffer.alloc(3 * piece, 'x'))
  const [head, stored] = [40, piece + 16]
  const part = (place: number) => whole.subarray(head + place * stored, head + (place + 1) * stored)
  const start = whole.subarray(0, head)
  const wrong = [
    whole.subarray(0, head + 2 * stored),
    whole.subarray(0, head),
    whole.subarray(0, 20),
    Buffer.concat([start, part(1), part(0), part(2)]),
    Buffer.concat([start, part(0), part(2)]),
    Buffer.concat([whole, part(2)]),
  ]
  for (const bytes of wrong) await expect(decryptedOf(bytes)).rejects.toThrow(DamagedBackupFile)
  await expect(decryptedOf(whole, 'tables/staff.ndjson')).rejects.toThrow(DamagedBackupFile)
  await expect(decryptedOf(whole, undefined, Buffer.alloc(32, 4))).rejects.toThrow(OtherBackupKey)
})
