import { createWriteStream, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSeals, type Seals } from '../../../db/sealing/sealed.ts'
import { isSealedAnew, openSealedFile, sealFile } from '../../../db/sealing/sealed-files.ts'

const key = createSeals(Buffer.alloc(32, 7))
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-sealed-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function sealed(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name)
  await pipeline(Readable.from(chunks(content)), sealFile(key, name), createWriteStream(path))
  return path
}

function* chunks(content: Buffer) {
  for (let at = 0; at < content.length; at += 1000) yield content.subarray(at, at + 1000)
}

test.each([0, 1, 999, 250_000])(
  '%i bytes come back as they were, and are not to be read on the disk',
  async (length) => {
    const content = Buffer.alloc(length, '金丝雀甲')
    const path = await sealed(`s${length}`, content)
    const opened = await openSealedFile(key, `s${length}`, path)
    if (!opened) return expect.unreachable()
    expect(opened.size).toBe(length)
    expect((await buffer(opened.content)).equals(content)).toBe(true)
    expect(readFileSync(path).includes('金丝雀')).toBe(false)
  },
)

test('what was changed, is another file, or was sealed with another key does not open', async () => {
  const path = await sealed('one', Buffer.from('内容'))
  const read = async (seals: Seals, name: string) => {
    const opened = await openSealedFile(seals, name, path)
    return opened && buffer(opened.content)
  }
  await expect(read(key, 'two')).rejects.toThrow()
  await expect(read(createSeals(Buffer.alloc(32, 8)), 'one')).rejects.toThrow()
  const bytes = readFileSync(path)
  const last = bytes.length - 17
  bytes[last] = (bytes[last] ?? 0) ^ 1
  writeFileSync(path, bytes)
  await expect(read(key, 'one')).rejects.toThrow()
})

test('one from before files named their key opens with the key of before', async () => {
  const path = await sealed('before', Buffer.from('内容'))
  writeFileSync(path, readFileSync(path).subarray(`aes-256-gcm.${key.key.id}.`.length))
  const rotated = createSeals(Buffer.alloc(32, 8))
  for (const seals of [key, rotated]) {
    if (seals === rotated) expect(seals.take(key.turnedTo(rotated.key))).toBe(true)
    const opened = await openSealedFile(seals, 'before', path)
    expect(opened && String(await buffer(opened.content))).toBe('内容')
  }
  expect(await isSealedAnew(key, path)).toBe(false)
})

test('one is read whole although another takes its place meanwhile', async () => {
  const [path, content] = [await sealed('replaced', Buffer.alloc(250_000, '甲')), Buffer.alloc(250_000, '甲')]
  const opened = await openSealedFile(key, 'replaced', path)
  renameSync(await sealed('other', Buffer.from('内容')), path)
  expect(opened && (await buffer(opened.content)).equals(content)).toBe(true)
})

test('where there is no file, or half of one, there is none to open', async () => {
  expect(await openSealedFile(key, 'none', join(folder, 'none'))).toBeNull()
  const half = join(folder, 'half')
  writeFileSync(half, 'x')
  expect(await openSealedFile(key, 'half', half)).toBeNull()
})
