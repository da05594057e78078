import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import type { Seals } from './sealed.ts'
import { algorithm, nonceBytes, type SealingKey, tagBytes } from './sealing-key.ts'

/** What a sealed file begins with; one from before files named their key begins with its nonce. */
const headOf = (keyId: string) => Buffer.from(`${algorithm}.${keyId}.`)
const headBytes = headOf('0123456789').length

/**
 * Encrypts what flows through it: the key's name, nonce, ciphertext, tag.
 * @param name what the file is known by; it opens under no other
 */
export function sealFile({ key }: Pick<Seals, 'key'>, name: string): Transform {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key.files, nonce).setAAD(Buffer.from(name))
  let isBegun = false
  const begin = () => {
    if (isBegun) return []
    isBegun = true
    return [headOf(key.id), nonce]
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.concat([...begin(), cipher.update(chunk)]))
    },
    flush(done) {
      done(null, Buffer.concat([...begin(), cipher.final(), cipher.getAuthTag()]))
    },
  })
}

/** A sealed file, opened. */
interface OpenedFile {
  content: Readable
  /** How long it is once opened. */
  size: number
}

/**
 * Reads a sealed file. The stream ends with an error where the file was changed, was sealed with another key, or is
 * another's.
 * @returns null where there is no such file
 */
export async function openSealedFile(seals: Seals, name: string, path: string): Promise<OpenedFile | null> {
  const file = await opened(path)
  if (!file) return null
  try {
    const { size: sealed } = await file.stat()
    const { key, start } = await keyOf(file, seals)
    const size = sealed - start - nonceBytes - tagBytes
    const nonce = await bytesAt(file, start, nonceBytes)
    const tag = await bytesAt(file, Math.max(sealed - tagBytes, 0), tagBytes)
    const decipher = createDecipheriv(algorithm, key.files, nonce).setAAD(Buffer.from(name)).setAuthTag(tag)
    if (size <= 0) {
      await file.close()
      return size < 0 ? null : { content: decipher.end(), size }
    }
    // From the file that was opened, since another may be put in its place meanwhile.
    const stored = file.createReadStream({ start: start + nonceBytes, end: sealed - tagBytes - 1 })
    stored.on('error', (error) => decipher.destroy(error))
    decipher.on('close', () => stored.destroy())
    return { content: stored.pipe(decipher), size }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Whether a file is sealed with the key that is used now; null where there is none. */
export async function isSealedAnew({ key }: Pick<Seals, 'key'>, path: string): Promise<boolean | null> {
  const file = await opened(path)
  if (!file) return null
  const head = await bytesAt(file, 0, headBytes).finally(() => file.close())
  return head.equals(headOf(key.id))
}

/** With which key it is sealed, and where its nonce begins. */
async function keyOf(file: FileHandle, seals: Seals): Promise<{ key: SealingKey; start: number }> {
  const head = (await bytesAt(file, 0, headBytes)).toString('latin1')
  if (!head.startsWith(`${algorithm}.`)) return { key: seals.older ?? seals.key, start: 0 }
  const key = seals.find(head.slice(algorithm.length + 1, -1))
  if (!key) throw new Error('the file is sealed with a key that is not at hand')
  return { key, start: headBytes }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  await file.read(bytes, 0, length, position)
  return bytes
}

/** null where there is no such file. */
function opened(path: string): Promise<FileHandle | null> {
  return open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}
