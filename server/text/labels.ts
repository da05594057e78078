import { trimBlanks } from './blanks.ts'
import { numeralCharacters, parseChineseNumber } from './numbering.ts'

/** What a label numbers, from the widest to the narrowest, as documents nest them (GB/T 9704; 立法技术规范). */
export const labelKinds = [
  'annex', // 附件1：
  'volume', // 第一编, 第一部分
  'subvolume', // 第一分编
  'chapter', // 第一章
  'section', // 第一节
  'article', // 第一条, 第十七条之一
  'han', // 一、
  'han-paren', // （一）
  'digit', // 1.
  'path-2', // 1.1
  'path-3', // 1.1.1
  'path-4', // 1.1.1.1
  'digit-paren', // （1）
  'digit-half', // 1）
  'circled', // ①
  'letter', // a.
] as const
export type LabelKind = (typeof labelKinds)[number]

/** A number found at the head of a line. */
export interface Label {
  kind: LabelKind
  /** As printed, with its punctuation: 一、 （三） 第十七条之一 附件4： */
  printed: string
  /** 0 where the label bears no number (附件：). */
  ordinal: number
  /** The 一 of 第十七条之一; 0 where there is none. */
  inserted: number
  /** What follows the label, without the white space between. */
  rest: string
  /** The words that follow read on from the label, so that the line may well be prose: 第十条规定的…, 一、二级海塘… */
  readsOn: boolean
}

const han = `[${numeralCharacters}]{1,9}`
const arabic = '[0-9０-９]{1,3}'
const gap = '[\\p{White_Space}]'
const statuteUnits: Record<string, LabelKind> = {
  编: 'volume',
  部分: 'volume',
  篇: 'volume',
  分编: 'subvolume',
  章: 'chapter',
  节: 'section',
  条: 'article',
}

interface Shape {
  kind: LabelKind | null
  pattern: RegExp
}

/** Group 1 is the number; where `kind` is null, group 2 names the unit. Tried in this order. */
const shapes: Shape[] = [
  {
    kind: null,
    pattern: new RegExp(
      `^第${gap}*(${han}|${arabic})${gap}*(分编|部分|编|篇|章|节|条)(?:之${gap}*(${han})(?![${numeralCharacters}款项]))?`,
      'u',
    ),
  },
  {
    kind: 'annex',
    pattern: new RegExp(`^附${gap}*[件表录图]?${gap}*(${han}|${arabic})${gap}*[：:.．、]?`, 'u'),
  },
  { kind: 'annex', pattern: new RegExp(`^附${gap}*[件表录图]?${gap}*()[：:]`, 'u') },
  { kind: 'annex', pattern: new RegExp(`^附${gap}*[件表录图]()(?=${gap}|$)`, 'u') },
  { kind: 'han', pattern: new RegExp(`^(${han})${gap}*[、．.]`, 'u') },
  { kind: 'han-paren', pattern: new RegExp(`^[（(]${gap}*(${han})${gap}*[）)]、?`, 'u') },
  { kind: 'path-4', pattern: /^(?:\d{1,2}[.．]){3}(\d{1,2})(?![\d.．%％])[.．]?/u },
  { kind: 'path-3', pattern: /^(?:\d{1,2}[.．]){2}(\d{1,2})(?![\d.．%％])[.．]?/u },
  { kind: 'path-2', pattern: /^\d{1,2}[.．](\d{1,2})(?=[\p{White_Space}\p{Script=Han}])/u },
  {
    kind: 'digit',
    pattern: new RegExp(`^(${arabic})(?:[.．](?![0-9０-９])|、|[.．](?=(?:19|20)\\d\\d年))`, 'u'),
  },
  { kind: 'digit', pattern: new RegExp(`^(\\d{1,2})(?=${gap}+\\p{Script=Han}{1,20}$)`, 'u') },
  { kind: 'digit-paren', pattern: new RegExp(`^[（(]${gap}*(${arabic})${gap}*[）)]、?`, 'u') },
  { kind: 'digit-half', pattern: new RegExp(`^(${arabic})[）)]`, 'u') },
  { kind: 'letter', pattern: /^[（(]?([A-Za-z])(?:[）)]|[.．、](?![A-Za-z]))/u },
]

/** The label at the head of a line (which starts at its first visible character), or null where there is none. */
export function readLabel(line: string): Label | null {
  const composed = readComposedLabel(line)
  if (composed) return composed
  for (const { kind, pattern } of shapes) {
    const match = pattern.exec(line)
    if (!match) continue
    const unit = kind ?? statuteUnits[match[2] ?? '']
    const ordinal = readOrdinal(match[1] ?? '')
    if (!unit || ordinal === null) continue
    const inserted = kind === null && match[3] ? (parseChineseNumber(match[3]) ?? 0) : 0
    return labelOf(unit, match[0], ordinal, inserted, line.slice(match[0].length))
  }
  return null
}

/** Single characters that are whole labels: ① ⒈ ⑴ ㈠. */
function readComposedLabel(line: string): Label | null {
  const first = [...line][0] ?? ''
  const rest = line.slice(first.length)
  if (/^[①-⑳㉑-㉟㊱-㊿]$/u.test(first)) {
    return labelOf('circled', first, Number.parseInt(first.normalize('NFKC'), 10), 0, rest)
  }
  if (!/^[⑴-⒛㈠-㈩]$/u.test(first)) return null
  const plain = readLabel(first.normalize('NFKC'))
  return plain && labelOf(plain.kind, first, plain.ordinal, 0, rest)
}

function readOrdinal(written: string): number | null {
  if (written === '') return 0
  if (/^[A-Za-z]$/.test(written)) return written.toLowerCase().charCodeAt(0) - 96
  const plain = written.normalize('NFKC')
  return /^\d+$/.test(plain) ? Number.parseInt(plain, 10) : parseChineseNumber(written)
}

function labelOf(kind: LabelKind, matched: string, ordinal: number, inserted: number, after: string): Label {
  const rest = trimBlanks(after)
  const apart = after !== '' && trimBlanks(after.charAt(0)) === ''
  return {
    kind,
    printed: trimBlanks(matched),
    ordinal,
    inserted,
    rest,
    readsOn: !apart && readsOn(kind, ordinal, rest),
  }
}

function readsOn(kind: LabelKind, ordinal: number, rest: string): boolean {
  switch (kind) {
    case 'annex':
    case 'volume':
    case 'subvolume':
    case 'chapter':
    case 'section':
    case 'article':
      return /^(规定|所称|所列|所规定|中规定|以外|确定的|要求的|的|和|与|至|及|或|中的|第[一二三四五六七八九十\d]+[款项条章]|第[（(]|[，、。；])/u.test(
        rest,
      )
    case 'han':
    case 'digit':
      return countsOn(ordinal, rest)
    case 'han-paren':
    case 'digit-paren':
      return /^([至和或及、，。；]|项|级)/u.test(rest)
    default:
      return false
  }
}

/** 一、二级海塘 and 1、2号线 count things; 1.2026年底前 does not. */
function countsOn(ordinal: number, rest: string): boolean {
  if (/^\d{4}年/.test(rest)) return false
  const match = new RegExp(`^(${han}|${arabic})`, 'u').exec(rest)
  if (!match?.[1]) return false
  const next = readOrdinal(match[1])
  const unit = rest.slice(match[1].length)
  return next === ordinal + 1 || unit.startsWith('、')
    ? /^(、|[级类等期号线批档层度月日季产次])/u.test(unit)
    : false
}

/** How deep a kind of label usually stands: the wider the unit, the lower. */
export function naturalRank(kind: LabelKind): number {
  return labelKinds.indexOf(kind)
}

/** The label whose printed form a stored unit carries. */
export function parsePrinted(printed: string): Label | null {
  return readLabel(printed) ?? readLabel(`${printed} 字`)
}
