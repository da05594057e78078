import { between, inDigits, type Plain } from './plain-digits.ts'

/** What of a comment may identify somebody (GB/T 35273-2020, annex A): the kinds that are hidden from the public. */
export const personalDataNames = {
  id_number: '身份证号',
  mobile: '手机号',
  landline: '电话',
  bank_card: '银行卡号',
  email: '邮箱',
  plate: '车牌号',
  address: '住址',
  account: '社交账号',
  name: '姓名',
  other: '个人信息',
} as const
type PersonalDataKind = keyof typeof personalDataNames

/** A piece of a text in code points, `end` exclusive. */
export interface PersonalSpan {
  start: number
  end: number
  kind: PersonalDataKind
}

/**
 * What in a text looks like personal data, in order and without overlap: also where it is split by spaces or dashes,
 * or written in full-width or Chinese digits. Finds too much rather than too little: a person looks at each.
 */
export function findPersonalData(text: string): PersonalSpan[] {
  const plain = inDigits(text)
  return withoutOverlap([
    ...numbers(plain),
    ...matches(plain, /[\w.+-]+ ?@ ?[a-z0-9-]+(?: ?\. ?[a-z0-9-]+)+/g, 'email'),
    ...matches(plain, plate, 'plate'),
    ...addresses(plain, door),
    ...addresses(plain, doorInRow),
    ...matches(plain, account, 'account'),
  ])
}

const provinces = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新'
/** GA 36-2018: province, office, five characters, six on new-energy cars. */
const plate = new RegExp(
  `[${provinces}] ?[a-hj-np-z][·• ]{0,2}(?=[a-z]*\\d)[a-hj-np-z\\d]{4,5}[a-hj-np-z\\d挂学警]`,
  'g',
)

const count = '(?:\\d{1,5}|[一二三四五六七八九十百]{1,4}|[a-z])'
const whole = `${count} ?(?:号院|号楼|号|栋|幢|座|楼|单元|组|队|社|排|巷|弄|区)`
const part = `${count} ?(?:号楼|号|栋|幢|座|单元|层|楼|室|户)`
/** To the door: a building and a unit or room in it, or a house of a village's group; a street's number alone is not. */
const door = new RegExp(
  `[\\p{Script=Han}a-z\\d]{0,30}?(?<![一二三四五六七八九十百\\d])${whole}(?: ?[-,，]? ?${part}){1,4}(?:-?\\d{3,4})?`,
  'gu',
)
/** The same as many estates write it: building, unit and room in a row. */
const doorInRow =
  /[\p{Script=Han}a-z\d]{1,30}?(?:小区|花园|家园|公寓|新城|新村|苑|院) ?\d{1,3}(?:-\d{1,2})?-\d{1,2}-\d{3,4}(?!\d)/gu
/** Words before an address that are not part of it. */
const leadingWords = /^.*(?:住址?|家住|地址|位于|在|是)(?=.{4})/u

const account =
  /(?<=(?:微信|微信号|wechat|weixin|vx|v信|加我?v|q ?q|扣扣)(?:号码?|群)?(?:是|为)?[:： ]{0,2})(?:[a-z][\w-]{5,19}|[1-9]\d{4,11})/g

function* matches({ text, places }: Plain, pattern: RegExp, kind: PersonalDataKind): Generator<PersonalSpan> {
  for (const match of text.matchAll(pattern)) {
    const start = places[match.index] ?? 0
    const end = (places[match.index + match[0].length - 1] ?? 0) + 1
    yield { start, end, kind }
  }
}

function* addresses({ text, places }: Plain, pattern: RegExp): Generator<PersonalSpan> {
  for (const match of text.matchAll(pattern)) {
    const leading = leadingWords.exec(match[0])?.[0].length ?? 0
    const start = places[match.index + leading] ?? 0
    const end = (places[match.index + match[0].length - 1] ?? 0) + 1
    yield { start, end, kind: 'address' }
  }
}

/**
 * Digits with at most three blanks or marks between: what a person reads as one number, or as several in a row. Marks
 * that part what is listed do so only between three digits and three: 第 13、14、15 条 is no number.
 */
const digits = new RegExp(`\\d(?:${between}{0,3}[\\dx]|(?<=\\d{3})[,、。:;] ?(?=\\d{3})\\d)*`, 'g')

function* numbers(plain: Plain): Generator<PersonalSpan> {
  for (const run of plain.text.matchAll(digits)) {
    const groups = [...run[0].matchAll(/[\dx]+/g)].map((group) => ({
      digits: group[0],
      from: run.index + group.index,
      to: run.index + group.index + group[0].length,
    }))
    for (let first = 0; first < groups.length; first++) {
      const found = longestFrom(groups.slice(first), plain.text)
      if (!found) continue
      const { length, kind } = found
      const [from, to] = [groups[first]?.from ?? 0, groups[first + length - 1]?.to ?? 1]
      yield { start: plain.places[from] ?? 0, end: (plain.places[to - 1] ?? 0) + 1, kind }
      first += length - 1
    }
  }
}

interface Group {
  digits: string
  from: number
  to: number
}

/** The most groups from the first on that make up one number of a known kind. */
function longestFrom(groups: Group[], text: string): { length: number; kind: PersonalDataKind } | null {
  for (let length = Math.min(groups.length, longestNumber); length > 0; length--) {
    const joined = groups.slice(0, length)
    const number = joined.map(({ digits }) => digits).join('')
    if (number.length > longestNumber) continue
    const from = joined[0]?.from ?? 0
    const to = joined.at(-1)?.to ?? 0
    const kind = kindOf(number, joined, text.slice(Math.max(0, from - 12), from), text.slice(to, to + 4))
    if (kind) return { length, kind }
  }
  return null
}

const longestNumber = 21

function kindOf(number: string, groups: Group[], before: string, after: string): PersonalDataKind | null {
  if (isIdNumber(number, /身份证|证件|sfz|公民/.test(before))) return 'id_number'
  if (amount.test(after)) return null
  if (/^(?:0086|86)?1[3-9]\d{9}$/.test(number)) return 'mobile'
  if (isLandline(number, groups, before)) return 'landline'
  if (isBankCard(number, /卡号|银行|账号|帐号|开户/.test(before))) return 'bank_card'
  return null
}

/** What follows an amount of so many digits; 万一, 个人 and 元宵 follow a telephone number as well. */
const amount = /^\s?(?:[万亿]?(?:元(?!宵|旦)|吨|亩|立方|平方|千瓦|斤)|美元|%)/

/** GB 11643-1999: 18 characters with their check character, or the 15 digits of before 1999. A slip counts where the text says what it is. */
function isIdNumber(number: string, named: boolean): boolean {
  if (/^\d{15}$/.test(number)) return isRegion(number) && isBirthday(`19${number.slice(6, 12)}`)
  if (!/^\d{17}[\dx]$/.test(number) || !isRegion(number)) return false
  return named || (isBirthday(number.slice(6, 14)) && checkCharacter(number) === number[17])
}

function isRegion(number: string): boolean {
  return /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|7[12]|8[1-3])/.test(number)
}

function isBirthday(day: string): boolean {
  const [, year = '', month = '', date = ''] = /^((?:18|19|20)\d\d)(\d\d)(\d\d)$/.exec(day) ?? []
  const instant = new Date(`${year}-${month}-${date}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.getUTCDate() === Number(date)
}

/** ISO 7064, MOD 11-2. */
function checkCharacter(number: string): string {
  const sum = [...number.slice(0, 17)].reduce(
    (total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11),
    0,
  )
  return '10x98765432'[sum % 11] ?? ''
}

/** An area code and seven or eight digits, or without one where the text says that it is a telephone. */
function isLandline(number: string, groups: Group[], before: string): boolean {
  const split = groups.length > 1
  const named = /电话|座机|固话|致电|联系方式|tel/.test(before)
  if (/^(?:0086|86)?0?(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}$/.test(number) && /^(?:0|86|\+)/.test(number)) {
    return number.length >= 10 && number.length <= 14 && (split || named || /^0/.test(number))
  }
  return named && /^[2-8]\d{6,7}$/.test(number)
}

/** ISO/IEC 7812: a known issuer's first digits and the Luhn check, or any number of that length which is called one. */
function isBankCard(number: string, named: boolean): boolean {
  if (!/^\d{16,19}$/.test(number)) return false
  return named || (/^(?:62|4|5[1-5]|35|37|60|9[0-9])/.test(number) && isLuhn(number))
}

function isLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** Of two that overlap, the one that begins first, and of those the longer one. */
function withoutOverlap(spans: PersonalSpan[]): PersonalSpan[] {
  const sorted = spans.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: PersonalSpan[] = []
  for (const span of sorted) if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span)
  return kept
}
