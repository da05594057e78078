import { numbersIn } from './personal-numbers.ts'
import { inDigits, type Plain } from './plain-digits.ts'

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
 * or written in full-width or Chinese digits. Finds too much rather than too little: a person looks at each. Each
 * expression begins with what is rare, and what stands before it is read backwards from there: tried from every
 * character on, a long word would be read over and over.
 */
export function findPersonalData(original: string): PersonalSpan[] {
  const plain = inDigits(original)
  const { text } = plain
  return withoutOverlap([
    ...spans(plain, numbersIn(text)),
    ...spans(plain, emails(text)),
    ...spans(plain, matches(text, plate, 'plate')),
    ...spans(plain, addresses(text, door, 0)),
    ...spans(plain, addresses(text, doorInRow, 1)),
    ...spans(plain, matches(text, account, 'account')),
  ])
}

/** The places in the text as it was written of what was found in UTF-16 units of the plain one. */
function spans({ places }: Plain, pieces: Iterable<PersonalSpan>): PersonalSpan[] {
  return Array.from(pieces, ({ start, end, kind }) => ({
    start: places[start] ?? 0,
    end: (places[end - 1] ?? 0) + 1,
    kind,
  }))
}

/** A mailbox is read backwards from its @. */
const email = /@(?<=([\w.+-]+ ?)@) ?[a-z0-9-]+(?: ?\. ?[a-z0-9-]+)+/g

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
  `(?<![一二三四五六七八九十百\\d])${whole}(?: ?[-,，]? ?${part}){1,4}(?:-?\\d{3,4})?`,
  'g',
)
/** The same as many estates write it: building, unit and room in a row. */
const doorInRow = /(?:小区|花园|家园|公寓|新城|新村|苑|院) ?\d{1,3}(?:-\d{1,2})?-\d{1,2}-\d{3,4}(?!\d)/g
/** What stands before the door: town, street, the estate's name. */
const street = /(?<=([\p{Script=Han}a-z\d]{0,30}))/uy
/** Words before an address that are not part of it. */
const leadingWords = /^.*(?:住址?|家住|地址|位于|在|是)(?=.{4})/u

const account =
  /(?<=(?:微信|微信号|wechat|weixin|vx|v信|加我?v|q ?q|扣扣)(?:号码?|群)?(?:是|为)?[:： ]{0,2})(?:[a-z][\w-]{5,19}|[1-9]\d{4,11})/g

function* matches(text: string, pattern: RegExp, kind: PersonalDataKind): Generator<PersonalSpan> {
  for (const { 0: found, index } of text.matchAll(pattern)) {
    yield { start: index, end: index + found.length, kind }
  }
}

function* emails(text: string): Generator<PersonalSpan> {
  let last = 0
  for (const { 0: found, 1: mailbox = '', index } of text.matchAll(email)) {
    const start = Math.max(last, index - mailbox.length)
    if (start === index) continue
    last = index + found.length
    yield { start, end: last, kind: 'email' }
  }
}

/** Doors with what stands before them: so many characters at least. */
function* addresses(text: string, pattern: RegExp, least: number): Generator<PersonalSpan> {
  let last = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    street.lastIndex = index
    const start = Math.max(last, index - (street.exec(text)?.[1]?.length ?? 0))
    if (index - start < least) continue
    last = index + found.length
    const leading = leadingWords.exec(text.slice(start, last))?.[0].length ?? 0
    yield { start: start + leading, end: last, kind: 'address' }
  }
}

/** Of two that overlap, the one that begins first, and of those the longer one. */
function withoutOverlap(spans: PersonalSpan[]): PersonalSpan[] {
  const sorted = spans.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: PersonalSpan[] = []
  for (const span of sorted) if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span)
  return kept
}
