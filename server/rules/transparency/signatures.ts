import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'

/** On a thread of Node's own: it is the dearest step of a receipt. */
const signed = promisify(sign)

/** A key (Ed25519, RFC 8032) that signs the same text the same way whenever it is asked. */
export interface SigningKey {
  /** 32 bytes in hex: short enough for people to compare. */
  publicKey: string
  /** @returns 64 bytes in base64 */
  sign(statement: string): Promise<string>
}

/** @returns the secret of a new key, in PEM */
export function newSigningSecret(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

export function signingKey(secret: string): SigningKey {
  const key = createPrivateKey(secret)
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
    sign: async (statement) => (await signed(null, Buffer.from(statement), key)).toString('base64'),
  }
}

/** Whether the holder of this key signed it; false for a key that is none. */
export function isSigned(statement: string, signature: string, publicKey: string): boolean {
  try {
    const x = Buffer.from(publicKey, 'hex').toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
