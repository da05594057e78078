const digits = '零一二三四五六七八九'
const places: [string, number][] = [
  ['千', 1000],
  ['百', 100],
  ['十', 10],
]
const variants: Record<string, string> = { 〇: '零', '○': '零', 两: '二' }

/** The characters of which Chinese numbers up to 9,999 are written, for use inside a character class. */
export const numeralCharacters = '零〇○一二三四五六七八九十百千两'

/**
 * The Chinese number as it is written in labels: 10 → 十, 21 → 二十一, 105 → 一百零五, 110 → 一百一十.
 * @param value a whole number from 1 to 9,999; anything else is a RangeError
 */
export function toChineseNumber(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 9999) {
    throw new RangeError(`no Chinese number for ${value}`)
  }
  let rest = value
  let written = ''
  for (const [name, size] of places) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) written += digits.charAt(count) + name
    else if (written !== '' && rest > 0 && !written.endsWith('零')) written += '零'
  }
  if (rest > 0) written += digits.charAt(rest)
  return written.replace(/^一十/, '十')
}

/**
 * The value of a Chinese number from 1 to 9,999, or null where the characters are not one.
 * 一〇五 and 一百十五, found in older statutes, are read as well.
 */
export function parseChineseNumber(written: string): number | null {
  const plain = [...written].map((character) => variants[character] ?? character).join('')
  if (/^[零一二三四五六七八九]{2,4}$/u.test(plain) && plain.indexOf('零') > 0) return readDigitByDigit(plain)
  const value = sumOfPlaces(plain)
  if (value < 1 || value > 9999) return null
  const usual = plain.replace(/^一十/, '十').replace(/([百零])十/, '$1一十')
  return toChineseNumber(value) === usual ? value : null
}

function readDigitByDigit(plain: string): number {
  return [...plain].reduce((value, character) => value * 10 + digits.indexOf(character), 0)
}

function sumOfPlaces(plain: string): number {
  let sum = 0
  let digit = 0
  for (const character of plain) {
    const place = places.find(([name]) => name === character)
    if (place) {
      sum += Math.max(digit, 1) * place[1]
      digit = 0
    } else {
      digit = digits.indexOf(character)
      if (digit < 0) return 0
    }
  }
  return sum + digit
}
