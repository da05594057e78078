import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** A key for files, apart from the one that seals values (HKDF, RFC 5869). */
function keyOf(secretKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', 'seal files 1', 32))
}

/**
 * Encrypts what flows through it: nonce, ciphertext, tag.
 * @param name what the file is known by; it opens under no other
 */
export function sealFile(secretKey: Buffer, name: string): Transform {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, keyOf(secretKey), nonce).setAAD(Buffer.from(name))
  let isBegun = false
  const begin = () => {
    if (isBegun) return []
    isBegun = true
    return [nonce]
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

/**
 * Reads a sealed file, and how long it is once opened. The stream ends with an error where the file was changed, was
 * sealed with another key, or is another's.
 * @returns null where there is no such file
 */
export async function openSealedFile(
  secretKey: Buffer,
  name: string,
  path: string,
): Promise<{ content: Readable; size: number } | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!file) return null
  try {
    const { size: sealed } = await file.stat()
    const size = sealed - nonceBytes - tagBytes
    if (size < 0) return null
    const [nonce, tag] = [Buffer.alloc(nonceBytes), Buffer.alloc(tagBytes)]
    await file.read(nonce, 0, nonceBytes, 0)
    await file.read(tag, 0, tagBytes, sealed - tagBytes)
    const decipher = createDecipheriv(algorithm, keyOf(secretKey), nonce)
      .setAAD(Buffer.from(name))
      .setAuthTag(tag)
    const end = sealed - tagBytes - 1
    const stored = createReadStream(path, { start: nonceBytes, end: Math.max(end, nonceBytes) })
    if (size === 0) {
      stored.destroy()
      decipher.end()
      return { content: decipher, size }
    }
    stored.on('error', (error) => decipher.destroy(error))
    return { content: stored.pipe(decipher), size }
  } finally {
    await file.close()
  }
}
