/** Crockford's base 32: no I, L, O or U, so that a code can be read out and typed from paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const group = 4
/** 23 characters carry 115 bits, the 24th checks them. */
const secretCharacters = 23

/** The secret that opens the status page, from at least 15 secret bytes: `7K3M-9QXD-…`, six groups of four. */
export function receiptCode(bytes: Buffer): string {
  const secret = toBase32(bytes).slice(0, secretCharacters)
  return inGroups(secret + checkCharacter(secret))
}

/** The public number of a receipt: the day it came in and ten characters of 50 bits, `20261124-7K3M9-QXD4T`. */
export function receiptNumber(day: string, bytes: Buffer): string {
  const characters = toBase32(bytes).slice(0, 10)
  return `${day.replaceAll('-', '')}-${characters.slice(0, 5)}-${characters.slice(5)}`
}

/**
 * A code as somebody typed it, in its one written form: case, spaces, dashes, full-width characters and the letters
 * taken for digits do not matter. null where it cannot be a code: a slip in one character is found without a look-up.
 */
export function readReceiptCode(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{24}$/.test(plain)) return null
  return checkCharacter(plain.slice(0, -1)) === plain.at(-1) ? inGroups(plain) : null
}

function toBase32(bytes: Buffer): string {
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  const length = Math.floor((bytes.length * 8) / 5)
  const excess = BigInt(bytes.length * 8 - length * 5)
  return Array.from(
    { length },
    (_, i) => alphabet[Number((bits >> (excess + BigInt((length - 1 - i) * 5))) & 31n)],
  ).join('')
}

/** Weighted sum modulo 31, a prime: any one wrong character and most swapped neighbours change it. */
function checkCharacter(characters: string): string {
  const sum = [...characters].reduce(
    (total, character, i) => total + alphabet.indexOf(character) * (i + 1),
    0,
  )
  return alphabet[sum % 31] ?? ''
}

function inGroups(characters: string): string {
  return (characters.match(new RegExp(`.{${group}}`, 'g')) ?? []).join('-')
}
