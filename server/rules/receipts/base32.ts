/** Crockford's base 32: no I, L, O or U, so that a code can be read out and typed from paper. */
export const base32Alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** All whole characters of five bits that the bytes hold. */
export function toBase32(bytes: Buffer): string {
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  const length = Math.floor((bytes.length * 8) / 5)
  const excess = BigInt(bytes.length * 8 - length * 5)
  return Array.from(
    { length },
    (_, i) => base32Alphabet[Number((bits >> (excess + BigInt((length - 1 - i) * 5))) & 31n)],
  ).join('')
}

/**
 * A code as somebody typed it, without what does not matter: case, spaces, dashes, full-width characters and the
 * letters taken for digits. null where it has another length, or characters that no code has.
 */
export function readBase32(typed: string, length: number): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return plain.length === length && /^[0-9A-HJKMNP-TV-Z]*$/.test(plain) ? plain : null
}

/** `7K3M-9QXD-…` */
export function inGroups(characters: string, size: number): string {
  return (characters.match(new RegExp(`.{${size}}`, 'g')) ?? []).join('-')
}
