import { parseChineseNumber } from './numbering.ts'

/** A place that a text cites, as it says it. */
export interface Citation {
  said: string
  /** `number`: clauses by their numbers, as many as from the first to the last; `before`: the one before; `own`: a part of the same. */
  kind: 'number' | 'before' | 'own'
  /** The numbers, where it names any; of 第三条之一 that is written out. */
  numbers: string[]
  /** It may name a part of a clause, 第（三）项, and so need not be any clause's number. */
  isPart: boolean
}

const digits = '[一二三四五六七八九十百千零〇两0-9０-９]+'
const article = `第[（(]?${digits}[）)]?条(?:之${digits})?`
const part = `(?:第[（(]?${digits}[）)]?[款项目])*`
/** 《…》第八条 is another law's; what it goes on to, 第八条和第九条, is too. */
const foreign = new RegExp(`》(?:${article}${part}[、和及至到]*)+`, 'gu')
const absolute = new RegExp(
  `${article}${part}(?:[至到](?:${article})${part})?|第[（(]${digits}[）)][款项点]?|(?<=[本依按照据见的])[（(][一二三四五六七八九十百]+[）)]`,
  'gu',
)
const before = /(?:前|上)[一二两三四五]?条(?:第[一二三四五六七八九十]+[款项])*/gu
const own = /前[一二两三四五]?[款项]|本条(?:第[（(]?[一二三四五六七八九十]+[）)]?[款项])+/gu

/** What a text cites of its own draft, in its order. */
export function citationsIn(text: string): Citation[] {
  const plain = text.replace(foreign, (said) => '　'.repeat(said.length))
  const found = [
    ...all(plain, absolute, 'number'),
    ...all(plain, before, 'before'),
    ...all(plain, own, 'own'),
  ]
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...citation }) => citation)
}

function all(text: string, shape: RegExp, kind: Citation['kind']): (Citation & { at: number })[] {
  return Array.from(text.matchAll(shape), ({ 0: said, index }) => ({
    ...{ at: index, said, kind },
    numbers: kind === 'number' ? numbersIn(said) : [],
    isPart: /^第?[（(]/u.test(said),
  }))
}

/** 第三条至第六条 names the ones between, too. */
function numbersIn(said: string): string[] {
  const [first, last] = said.split(/[至到]/u).map((one) => numberKey(one))
  if (!first) return []
  const [from, to] = [first, last ?? first].map((key) => (/^\d+$/.test(key) ? Number(key) : null))
  if (from == null || to == null || to <= from || to - from > 200) return [first]
  return Array.from({ length: to - from + 1 }, (_, place) => String(from + place))
}

/**
 * The number of a label or a citation, by which the two are known to be the same: 8 of 第八条, 8-1 of 第八条之一, (8) of （八） and
 * 第（八）条; null of another kind of number, which nothing cites alone.
 */
export function numberKey(written: string): string | null {
  const plain = new RegExp(`^\\s*第(${digits})条(?:之(${digits}))?`, 'u').exec(written)
  const [, bracketed] = new RegExp(`^\\s*第?[（(](${digits})[）)]`, 'u').exec(written) ?? []
  if (bracketed) return numberOf(bracketed) === null ? null : `(${numberOf(bracketed)})`
  const number = plain?.[1] ? numberOf(plain[1]) : null
  if (number === null) return null
  const more = plain?.[2] ? numberOf(plain[2]) : null
  return more === null ? String(number) : `${number}-${more}`
}

function numberOf(written: string): number | null {
  const latin = written.normalize('NFKC')
  return /^\d+$/.test(latin) ? Number(latin) : parseChineseNumber(written)
}
