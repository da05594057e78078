import { plainWords } from './plain-words.ts'

/** How much of what a text says stands in each clause, by the clause's place; what stands in few clauses weighs more. */
export type Evidence = Map<number, number>

/** Characters of which every text is full: no pair with one of them tells anything. */
const common = new Set(
  '的了是我们你您他她它这那不没有就都也很还吗呢吧么个之其及或在到把被让对从上下里着过得地',
)
const everywhere = new Set('建议 希望 可以 能否 应当 应该 需要 增加 问题 意见 文件 老区 我县 本县'.split(' '))
/** What stands in more clauses tells them too little apart. */
const few = 8
/** A word that people use for another says less than the word itself. */
const meant = 0.3
/** A clause's name says what it is about. */
const named = 1.5

/** @returns what each clause has in common with a text */
export function tellingPairs(clauses: readonly { name: string; text: string }[]): (text: string) => Evidence {
  const postings = weighted(clauses)
  for (const [plain, official] of plainWords) lead(postings, plain.split(' '), official)
  return (text) => {
    const evidence: Evidence = new Map()
    for (const pair of new Set(pairsIn(text))) add(evidence, postings.get(pair) ?? [], 1)
    return evidence
  }
}

type Postings = Map<string, (readonly [place: number, weight: number])[]>

/** By Okapi BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) with pairs as words. */
function weighted(clauses: readonly { name: string; text: string }[]): Postings {
  const counts = clauses.map(({ name, text }) => counted(name, text))
  const standing = new Map<string, number>()
  for (const { pairs } of counts)
    for (const pair of pairs.keys()) standing.set(pair, (standing.get(pair) ?? 0) + 1)
  const usual = counts.reduce((sum, { total }) => sum + total, 0) / Math.max(counts.length, 1)
  const postings: Postings = new Map()
  for (const [place, { pairs, total }] of counts.entries()) {
    for (const [pair, count] of pairs) {
      const clausesWithIt = standing.get(pair) ?? 1
      if (clausesWithIt > few) continue
      const rarity = Math.log(clauses.length / clausesWithIt)
      const weight = (rarity * 2.2 * count) / (count + 1.2 * (0.5 + (0.5 * total) / usual))
      const list = postings.get(pair)
      if (list) list.push([place, weight])
      else postings.set(pair, [[place, weight]])
    }
  }
  return postings
}

function counted(name: string, text: string): { pairs: Map<string, number>; total: number } {
  const pairs = new Map<string, number>()
  for (const pair of pairsIn(text)) pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  const total = pairs.size
  for (const pair of pairsIn(name)) pairs.set(pair, (pairs.get(pair) ?? 0) + named)
  return { pairs, total }
}

/** Adds to each plain word what the official ones lead to. */
function lead(postings: Postings, plain: string[], official: string): void {
  const evidence: Evidence = new Map()
  for (const pair of new Set(pairsIn(official))) add(evidence, postings.get(pair) ?? [], meant)
  const likeliest = [...evidence].sort(([, a], [, b]) => b - a).slice(0, few)
  for (const word of plain) postings.set(word, [...(postings.get(word) ?? []), ...likeliest])
}

function add(evidence: Evidence, list: readonly (readonly [number, number])[], share: number): void {
  for (const [place, weight] of list) evidence.set(place, (evidence.get(place) ?? 0) + share * weight)
}

function* pairsIn(text: string): Generator<string> {
  for (const [run] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    for (let at = 0; at + 1 < run.length; at++) {
      const pair = run.slice(at, at + 2)
      if (!common.has(run.charAt(at)) && !common.has(run.charAt(at + 1)) && !everywhere.has(pair)) yield pair
    }
  }
}
