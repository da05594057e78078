import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto'
import { randomFromStock } from './random-stock.ts'

/** What every sealed value and file names, so that one can tell which of several keys it wants. */
export const algorithm = 'aes-256-gcm'
export const nonceBytes = 12
export const tagBytes = 16

/** A secret of the portal's with all that is derived from it (HKDF, RFC 5869), each for its own use. */
export interface SealingKey {
  /** Ten characters that tell it from others, and nothing about it. */
  id: string
  secret: Buffer
  /** For files. */
  files: Buffer
  /** For keyed hashes, where this was the portal's first. */
  hashing: Buffer
  /** Encrypts `text` for one place: `aes-256-gcm.<id>.<base64url of nonce, ciphertext and tag>`. */
  seal(text: string, address: string): string
  /** What was encrypted for this place; null where it was changed, is from elsewhere or from another key. */
  open(body: string, address: string): string | null
}

/** @param secret at least 32 random bytes */
export function sealingKey(secret: Buffer): SealingKey {
  const derived = (purpose: string, bytes = 32) => Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes))
  const key = createSecretKey(derived('seal 1'))
  const id = derived('key id', 5).toString('hex')

  return {
    id,
    secret,
    files: derived('seal files 1'),
    hashing: derived('hash'),

    seal(text, address) {
      const nonce = randomFromStock(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(address))
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return `${algorithm}.${id}.${Buffer.concat(parts).toString('base64url')}`
    },

    open(body, address) {
      const bytes = Buffer.from(body, 'base64url')
      if (bytes.length < nonceBytes + tagBytes) return null
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
          .setAAD(Buffer.from(address))
          .setAuthTag(bytes.subarray(-tagBytes))
        const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8')
        return opened + decipher.final('utf8')
      } catch {
        return null
      }
    },
  }
}
