import { between } from './plain-digits.ts'
import { isOffices, isOfThing } from './public-numbers.ts'

/** A number that may identify somebody, in UTF-16 units of the text, `end` exclusive. */
interface PersonalNumber {
  start: number
  end: number
  kind: NumberKind
}
type NumberKind = 'id_number' | 'mobile' | 'landline' | 'bank_card'

/**
 * Digits with at most three blanks or marks between: what a person reads as one number, or as several in a row. Marks
 * that part what is listed do so only between three digits and three: 第 13、14、15 条 is no number.
 */
const digits = new RegExp(`\\d(?:${between}{0,3}[\\dx]|(?<=\\d{3})[,、。:;] ?(?=\\d{3})\\d)*`, 'g')

/** How no number begins unless it is called a card's. */
const beginsNone = /^(?:x|0$|00(?!86))/
/** How many digits a number of a known kind has. */
const [fewest, most] = [7, 19]

/** Digits without anything between, in the text and among the digits of their run. */
interface Group {
  from: number
  to: number
  first: number
  last: number
}

/** A mobile's three parts with words between: 前三位153，中间8692，后面7447. */
const inWords =
  /1[3-9]\d[,，、。 ]{0,2}[\p{Script=Han}]{1,6}\d{4}[,，、。 ]{0,2}[\p{Script=Han}]{1,6}\d{4}(?!\d)/gu

/** The numbers of a text that is in one way of writing. */
export function* numbersIn(text: string): Generator<PersonalNumber> {
  for (const { 0: found, index } of text.matchAll(inWords)) {
    if (/位|中间|后/.test(found)) yield { start: index, end: index + found.length, kind: 'mobile' }
  }
  for (const run of text.matchAll(digits)) {
    const number = run[0].replace(/[^\dx]/g, '')
    const groups = groupsOf(run[0], run.index)
    for (let place = 0; place < groups.length; place++) {
      const found = longestFrom(place, groups, number, text)
      if (!found) continue
      yield { start: groups[place]?.from ?? 0, end: groups[found.last]?.to ?? 0, kind: found.kind }
      place = found.last
    }
  }
}

function groupsOf(run: string, at: number): Group[] {
  let first = 0
  return Array.from(run.matchAll(/[\dx]+/g), ({ 0: group, index }) => {
    const { length } = group
    first += length
    return { from: at + index, to: at + index + length, first: first - length, last: first }
  })
}

/** The last of the most groups from a place on that make up one number of a known kind. */
function longestFrom(
  place: number,
  groups: Group[],
  digits: string,
  text: string,
): { last: number; kind: NumberKind } | null {
  const { from = 0, first = 0 } = groups[place] ?? {}
  const called = calledBefore(text, from)
  if (!called.card && beginsNone.test(digits.slice(first, first + 4))) return null
  const length = (last: number) => (groups[last]?.last ?? Number.POSITIVE_INFINITY) - first
  let last = place
  while (length(last + 1) <= most) last++
  for (; last >= place && length(last) >= fewest; last--) {
    const { to = 0, last: end } = groups[last] ?? {}
    const kind = kindOf(digits.slice(first, end), last > place, called, text.slice(to, to + 12))
    if (kind === 'public') return null
    if (kind && (kind === 'id_number' || !amount.test(text.slice(to, to + 4)))) return { last, kind }
  }
  return null
}

/** What the words before a number call it. */
interface Called {
  id: boolean
  telephone: boolean
  card: boolean
  /** A firm's account, which is no person's. */
  firm: boolean
  thing: boolean
  before: string
}

function calledBefore(text: string, from: number): Called {
  const before = text.slice(Math.max(0, from - 12), from)
  return {
    before: text.slice(Math.max(0, from - 24), from),
    firm: /对公|公户|基本户|公司账|单位账|企业账/.test(before),
    thing: isOfThing(before),
    id: /身份证|证件|sfz|公民/.test(before),
    telephone: /电话|座机|固话|致电|联系方式|tel/.test(before),
    card: /卡号|银行|账号|帐号|开户/.test(before),
  }
}

function kindOf(
  number: string,
  isSplit: boolean,
  called: Called,
  after: string,
): NumberKind | 'public' | null {
  if (isIdNumber(number, called.id)) return 'id_number'
  if (called.thing || isServiceLine(number)) return null
  if (isMobile(number)) return 'mobile'
  const isTelephone = called.telephone || areaCodeBehind.test(after)
  if (isLandline(number, isSplit, isTelephone)) return isOffices(called.before, after) ? 'public' : 'landline'
  return !called.firm && isBankCard(number, called.card) ? 'bank_card' : null
}

const areaCodeBehind = /^[（(，, ]{0,2}[^，。,;；]{0,6}区号/

/** 400 and 800: firms are called by them. */
function isServiceLine(number: string): boolean {
  return /^[48]00\d{7}$/.test(number)
}

/** What follows an amount of so many digits; 万一, 个人 and 元宵 follow a telephone number as well. */
const amount = /^\s?(?:[万亿]?(?:元(?!宵|旦)|吨|亩|立方|平方|千瓦|斤)|美元|%)/

/** GB 11643-1999: 18 characters with their check character, or the 15 digits of before 1999. A slip counts where the text says what it is. */
function isIdNumber(number: string, isNamed: boolean): boolean {
  if (number.length === 15) {
    return isRegion(number) && /^\d{15}$/.test(number) && isBirthday(`19${number.slice(6, 12)}`)
  }
  if (number.length !== 18 || !isRegion(number) || !/^\d{17}[\dx]$/.test(number)) return false
  return isNamed || (isBirthday(number.slice(6, 14)) && checkCharacter(number) === number[17])
}

function isRegion(number: string): boolean {
  return /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|7[12]|8[1-3])/.test(number)
}

function isBirthday(day: string): boolean {
  const [found, year, month, date] = /^((?:18|19|20)\d\d)(\d\d)(\d\d)$/.exec(day) ?? []
  if (!found) return false
  const instant = new Date(`${year}-${month}-${date}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.getUTCDate() === Number(date)
}

/** ISO 7064, MOD 11-2. */
function checkCharacter(number: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(number[i]) * (2 ** (17 - i) % 11)
  return '10x98765432'[sum % 11] ?? ''
}

function isMobile(number: string): boolean {
  return [11, 13, 15].includes(number.length) && /^(?:0086|86)?1[3-9]\d{9}$/.test(number)
}

/** An area code and seven or eight digits, or without one where the text says that it is a telephone. */
function isLandline(number: string, isSplit: boolean, isNamed: boolean): boolean {
  const { length } = number
  if (length < 10) return isNamed && /^[2-8]\d{6,7}$/.test(number)
  if (length > 14 || !/^(?:0086|86)?0?(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}$/.test(number)) return false
  return number.startsWith('0') || (number.startsWith('86') && (isSplit || isNamed))
}

/** ISO/IEC 7812: a known issuer's first digits and the Luhn check, or any number of that length which is called one. */
function isBankCard(number: string, isNamed: boolean): boolean {
  if (number.length < 16 || !/^\d{16,19}$/.test(number)) return false
  return isNamed || (/^(?:62|4|5[1-5]|35|37|60|9[0-9])/.test(number) && isLuhn(number))
}

function isLuhn(number: string): boolean {
  let sum = 0
  for (let i = 1; i <= number.length; i++) {
    const doubled = Number(number[number.length - i]) * (i % 2 === 1 ? 1 : 2)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
