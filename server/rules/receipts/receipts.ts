import { base32Alphabet, inGroups, readBase32, toBase32 } from './base32.ts'

const group = 4
/** 23 characters carry 115 bits, the 24th checks them. */
const secretCharacters = 23

/** The secret that opens the status page, from at least 15 secret bytes: `7K3M-9QXD-…`, six groups of four. */
export function receiptCode(bytes: Buffer): string {
  const secret = toBase32(bytes).slice(0, secretCharacters)
  return inGroups(secret + checkCharacter(secret), group)
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
  const plain = readBase32(typed, secretCharacters + 1)
  if (plain === null) return null
  return checkCharacter(plain.slice(0, -1)) === plain.at(-1) ? inGroups(plain, group) : null
}

/** Weighted sum modulo 31, a prime: any one wrong character (but for 0 and Z) and most swapped neighbours change it. */
function checkCharacter(characters: string): string {
  const sum = [...characters].reduce(
    (total, character, i) => total + base32Alphabet.indexOf(character) * (i + 1),
    0,
  )
  return base32Alphabet[sum % 31] ?? ''
}

/**
 * Whether two ways of writing a telephone number or an address are the same: spaces, dashes, case, full-width characters
 * and +86 do not matter.
 */
export function sameContact(left: string, named: string): boolean {
  const plain = (contact: string) =>
    contact
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s()\-—_.·]/gu, '')
      .replace(/^(?:\+|00)86(?=1\d{10}$)/, '')
  return plain(named) !== '' && plain(left) === plain(named)
}
