import type { LabelKind } from './label-kinds.ts'
import { numeralCharacters, parseChineseNumber } from './numbering.ts'

/** `prose`: the words read on from the number: 第十条规定的…, 一、二级海塘…. `decimal`: 1.5万亩. */
export type Doubt = 'prose' | 'decimal'

const numeral = `[${numeralCharacters}]{1,9}|[0-9０-９]{1,3}`
const reference =
  /^(?:规定|所规定|中规定|所称|所列|以外|确定的|要求的|的|中的|[，、。；]|(?:和|与|至|及|或者?|以及)[第本其前]|第[一二三四五六七八九十\d]+[款项条章]|第[（(])/u
const listed = new RegExp(
  `^(?:[，。；]|项(?!目)|(?:、|至|和|或者?|及|以及)?第?[（(](?:${numeral})[）)])`,
  'u',
)

/**
 * Whether a line's words read on from the number at its head, so that it may be no label. Only asked where no white
 * space stands between.
 */
export function doubtAbout(kind: LabelKind, ordinal: number, rest: string): Doubt | null {
  switch (kind) {
    case 'annex':
    case 'volume':
    case 'subvolume':
    case 'chapter':
    case 'section':
    case 'article':
      return reference.test(rest) ? 'prose' : null
    case 'han-paren':
    case 'digit-paren':
      return listed.test(rest) ? 'prose' : null
    case 'han':
      return countsOn(ordinal, rest) ? 'prose' : null
    case 'digit':
      if (countsOn(ordinal, rest)) return 'prose'
      return /^\d/.test(rest) && !/^(?:19|20)\d\d年/.test(rest) ? 'decimal' : null
    case 'path-2':
      return rest === '' ? null : 'decimal'
    default:
      return null
  }
}

const counted = new RegExp(`^(${numeral})(、?)([级类等期号线批档层度月日季产次]?)`, 'u')

/** 一、二级海塘 and 1、2号线 and 一、二、三产业 count things. */
function countsOn(ordinal: number, rest: string): boolean {
  const found = counted.exec(rest)
  if (!found) return false
  const [, written = '', comma, unit] = found
  const next = parseChineseNumber(written) ?? Number.parseInt(written.normalize('NFKC'), 10)
  return comma !== '' || (next === ordinal + 1 && unit !== '')
}
