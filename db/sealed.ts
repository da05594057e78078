import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Where a sealed value lies; it opens nowhere else. */
export interface SealedPlace {
  table: string
  column: string
  /** The id of its row. */
  row: string
}

export interface Seals {
  /** Encrypts `text` for one place: `aes-256-gcm.<key version>.<base64url of nonce, ciphertext and tag>`. */
  seal(text: string, place: SealedPlace): string
  /** @throws BrokenSeal where `sealed` was changed, moved from another place or sealed with another key. */
  open(sealed: string, place: SealedPlace): string
  /** A keyed hash by which a secret is looked up without being stored; each `purpose` hashes differently. */
  hash(purpose: string, value: string): string
}

/** A sealed value that cannot be opened here. */
export class BrokenSeal extends Error {
  override name = 'BrokenSeal'

  constructor({ table, column, row }: SealedPlace) {
    super(`the seal of ${table}.${column} of ${row} is broken`)
  }
}

const algorithm = 'aes-256-gcm'
const keyVersion = '1'
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals personal data with keys derived from the portal's secret (HKDF, RFC 5869).
 * @param secretKey at least 32 random bytes
 */
export function createSeals(secretKey: Buffer): Seals {
  const sealingKey = derive(secretKey, `seal ${keyVersion}`)
  const hashingKey = derive(secretKey, 'hash')

  return {
    seal(text, place) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, sealingKey, nonce).setAAD(address(place))
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return `${algorithm}.${keyVersion}.${Buffer.concat(parts).toString('base64url')}`
    },

    open(sealed, place) {
      const [name, version, body = ''] = sealed.split('.')
      const bytes = Buffer.from(body, 'base64url')
      if (name !== algorithm || version !== keyVersion || bytes.length < nonceBytes + tagBytes) {
        throw new BrokenSeal(place)
      }
      try {
        const decipher = createDecipheriv(algorithm, sealingKey, bytes.subarray(0, nonceBytes))
          .setAAD(address(place))
          .setAuthTag(bytes.subarray(-tagBytes))
        return (
          decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
        )
      } catch {
        throw new BrokenSeal(place)
      }
    },

    hash: (purpose, value) =>
      createHmac('sha256', hashingKey).update(`${purpose}\0${value}`).digest('base64url'),
  }
}

function derive(secretKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', purpose, 32))
}

function address({ table, column, row }: SealedPlace): Buffer {
  return Buffer.from(`${table}|${column}|${row}`)
}
