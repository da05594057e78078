/** Crockford's base 32: no I, L, O or U, so that a code can be read out and typed from paper. */
export const base32Alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** All whole characters of five bits that the bytes hold. */
export function toBase32(bytes: Buffer): string {
  let written = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    held += 8
    for (; held >= 5; held -= 5) written += base32Alphabet[(bits >> (held - 5)) & 31]
  }
  return written
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
