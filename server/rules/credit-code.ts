const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/**
 * 统一社会信用代码 (GB 32100-2015) as somebody typed it, in its written form: 18 characters, the last of which checks
 * the others (MOD 31-3). null where it cannot be one.
 */
export function readCreditCode(typed: string): string | null {
  const code = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return null
  const sum = [...code.slice(0, 17)].reduce((total, character, i) => {
    return total + alphabet.indexOf(character) * (3 ** i % 31)
  }, 0)
  return alphabet[(31 - (sum % 31)) % 31] === code[17] ? code : null
}
