import { hash } from 'node:crypto'

const blockBytes = 64

/** A text under a key: HMAC with SHA-256 (RFC 2104), in base64url. */
export type Hmac = (text: string) => string

/**
 * On Node's one-shot hash, since `createHmac` looks its algorithm up anew for each text, which takes five times as long;
 * a submission needs nine.
 * @param key of at most 64 bytes
 */
export function hmac(key: Uint8Array): Hmac {
  if (key.length > blockBytes) throw new Error('a longer key would have to be hashed first')
  const inner = padded(key, 0x36)
  const outer = padded(key, 0x5c)
  return (text) => {
    const ofText = hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer')
    return hash('sha256', Buffer.concat([outer, ofText]), 'base64url')
  }
}

function padded(key: Uint8Array, pad: number): Buffer {
  const block = Buffer.alloc(blockBytes, pad)
  for (const [place, byte] of key.entries()) block[place] = byte ^ pad
  return block
}
