import { toChineseNumber } from '../../text/outlining/numbering.ts'

const legalSimplified = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟']
const legalTraditional = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖', '拾', '佰', '仟']
const plain = [...'零一二三四五六七八九十百千']
const stems = [...'甲乙丙丁戊己庚辛壬癸']
const branches = [...'子丑寅卯辰巳午未申酉戌亥']
const roman: [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/**
 * A number as Word prints it in an automatic label.
 * @param format w:numFmt (ECMA-376 part 1, 17.18.59 ST_NumberFormat); one that is not known prints figures
 */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case 'none':
      return ''
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'upperRoman':
      return toRoman(value).toUpperCase()
    case 'lowerRoman':
      return toRoman(value)
    case 'upperLetter':
      return toLetters(value).toUpperCase()
    case 'lowerLetter':
      return toLetters(value)
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return [...String(value)].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return enclosed(value, '①', 20)
    case 'decimalEnclosedFullstop':
      return enclosed(value, '⒈', 20)
    case 'decimalEnclosedParen':
      return enclosed(value, '⑴', 20)
    case 'ideographEnclosedCircle':
      return enclosed(value, '㊀', 10)
    case 'ideographTraditional':
      return stems[value - 1] ?? String(value)
    case 'ideographZodiac':
      return branches[value - 1] ?? String(value)
    case 'ideographZodiacTraditional':
      return `${stems[(value - 1) % 10] ?? ''}${branches[(value - 1) % 12] ?? ''}`
    case 'chineseLegalSimplified':
      return legal(value, legalSimplified)
    case 'ideographLegalTraditional':
      return legal(value, legalTraditional)
    case 'ideographDigital':
    case 'japaneseDigitalTenThousand':
    case 'taiwaneseDigital':
      return digitByDigit(value)
    case 'chineseCounting':
    case 'taiwaneseCounting':
      return value < 100 ? chinese(value) : digitByDigit(value)
    case 'chineseCountingThousand':
    case 'taiwaneseCountingThousand':
    case 'japaneseCounting':
    case 'koreanCounting':
      return chinese(value)
    default:
      return String(value)
  }
}

function chinese(value: number): string {
  return value >= 1 && value <= 9999 ? toChineseNumber(value) : String(value)
}

function digitByDigit(value: number): string {
  return [...String(value)].map((digit) => (digit === '0' ? '〇' : (plain[Number(digit)] ?? digit))).join('')
}

/** 壹拾 keeps its 壹. */
function legal(value: number, characters: string[]): string {
  return [...chinese(value).replace(/^十/, '一十')]
    .map((character) => characters[plain.indexOf(character)] ?? character)
    .join('')
}

function enclosed(value: number, first: string, last: number): string {
  if (value < 1 || value > last) return String(value)
  return String.fromCodePoint((first.codePointAt(0) ?? 0) + value - 1)
}

/** a … z, aa, bb … as Word goes on after z. */
function toLetters(value: number): string {
  if (value < 1 || value > 780) return String(value)
  return String.fromCodePoint(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26))
}

function toRoman(value: number): string {
  if (value < 1 || value > 3999) return String(value)
  let rest = value
  let written = ''
  for (const [size, letters] of roman) {
    while (rest >= size) {
      written += letters
      rest -= size
    }
  }
  return written
}
