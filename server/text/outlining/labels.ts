import { trimBlanks } from './blanks.ts'
import type { LabelKind } from './label-kinds.ts'
import { numeralCharacters, parseChineseNumber } from './numbering.ts'
import { type Doubt, doubtAbout } from './prose.ts'

/** A number found at the head of a line. */
export interface Label {
  kind: LabelKind
  /** As printed, with its punctuation: 一、 （三） 第十七条之一 附件4： */
  printed: string
  /** 0 where the label bears no number (附件：). */
  ordinal: number
  /** The 一 of 第十七条之一, the 1 of 1.2; 0 where there is none. */
  besides: number
  /** What follows the label, without the white space between. */
  rest: string
  /** Why the line may be none of the numbered ones all the same. */
  doubt: Doubt | null
}

const han = `[${numeralCharacters}]{1,9}`
const arabic = '[0-9０-９]{1,3}'
/** Few: between two unbounded ones a hostile line could make the search take for ever. */
const gap = '\\p{White_Space}{0,4}'
const statuteUnits: Record<string, LabelKind> = {
  编: 'volume',
  部分: 'volume',
  篇: 'volume',
  分编: 'subvolume',
  章: 'chapter',
  节: 'section',
  条: 'article',
}

const digits = '0123456789'
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * How labels are printed, and with which characters they begin: `n` is the number, `m` what `besides` holds; where kind
 * is null, `unit` names it.
 */
const shapes = (
  [
    [
      null,
      '第',
      `第${gap}(?<n>${han}|${arabic})${gap}(?<unit>分编|部分|[编篇章节条])(?:之${gap}(?<m>${han})(?![款项]))?`,
    ],
    ['annex', '附', `附${gap}[件表录图]?${gap}(?<n>${han}|${arabic})${gap}[：:.．、]?`],
    ['annex', '附', `附${gap}[件表录图]?${gap}[：:]`],
    ['annex', '附', `附${gap}[件表录图](?=\\p{White_Space}|$)`],
    ['han', numeralCharacters, `(?<n>${han})${gap}[、.．]`],
    ['han-paren', '（(', `[（(]${gap}(?<n>${han})${gap}[）)]、?`],
    ['path-4', digits, `(?:\\d{1,2}[.．]){2}(?<m>\\d{1,2})[.．](?<n>\\d{1,2})(?![\\d.．%％])[.．]?`],
    ['path-3', digits, `\\d{1,2}[.．](?<m>\\d{1,2})[.．](?<n>\\d{1,2})(?![\\d.．%％])[.．]?`],
    ['path-2', digits, `(?<m>\\d{1,2})[.．](?<n>\\d{1,2})(?=\\p{White_Space}|\\p{Script=Han}|$)`],
    ['digit', `${digits}０１２３４５６７８９`, `(?<n>${arabic})${gap}[.．、]`],
    ['digit', digits, `(?<n>\\d{1,2})(?=\\p{White_Space}{1,4}\\p{Script=Han}{1,20}$)`],
    ['digit-paren', '（(', `[（(]${gap}(?<n>${arabic})${gap}[）)]、?`],
    ['digit-half', `${digits}０１２３４５６７８９`, `(?<n>${arabic})[）)]`],
    ['letter', `（(${letters}`, '[（(]?(?<n>[A-Za-z])(?:[）)]|[.．、](?![A-Za-z]))'],
  ] satisfies [LabelKind | null, string, string][]
).map(([kind, heads, shape]) => ({ kind, heads, pattern: new RegExp(`^${shape}`, 'u') }))

/** Most lines begin with none of these characters, and are asked no further. */
const shapesAt = new Map(
  shapes.flatMap(({ heads }) =>
    Array.from(heads, (head) => [head, shapes.filter((shape) => shape.heads.includes(head))]),
  ),
)

/** The likeliest label at the head of a line (from its first visible character), or null where there is none. */
export function readLabel(line: string): Label | null {
  return readLabels(line)[0] ?? null
}

/** Every label that the head of a line could be, the likeliest first: 1.5 is 1.5 or 1. before a 5. */
export function readLabels(line: string): Label[] {
  const composed = readComposedLabel(line)
  if (composed) return [composed]
  return (shapesAt.get(line.charAt(0)) ?? []).flatMap(({ kind, pattern }) => {
    const match = pattern.exec(line)
    if (!match) return []
    const { n = '', m = '', unit = '' } = match.groups ?? {}
    const found = kind ?? statuteUnits[unit]
    const ordinal = readOrdinal(n)
    if (!found || ordinal === null) return []
    return [labelOf(found, match[0], ordinal, readOrdinal(m) ?? 0, line.slice(match[0].length))]
  })
}

/** Single characters that are whole labels: ① ⒈ ⑴ ㈠. */
function readComposedLabel(line: string): Label | null {
  const first = line.charAt(0)
  const rest = line.slice(1)
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

function labelOf(kind: LabelKind, matched: string, ordinal: number, besides: number, after: string): Label {
  const rest = trimBlanks(after)
  const apart = after !== '' && trimBlanks(after.charAt(0)) === ''
  const doubt = apart ? null : doubtAbout(kind, ordinal, rest)
  return { kind, printed: trimBlanks(matched), ordinal, besides, rest, doubt }
}

/** The label whose printed form a stored unit carries. */
export function parsePrinted(printed: string): Label | null {
  return readLabel(printed) ?? readLabel(`${printed} 字`)
}
