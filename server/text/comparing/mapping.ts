import { longestRisingRun } from '../outlining/longest-run.ts'
import { PairIndex } from './pair-index.ts'
import { type Comparable, comparable, pairClauses } from './pairing.ts'
import { containment, type Pairs, without } from './similarity.ts'

/** A clause of the round before, by its lasting key. */
interface OldClause {
  key: string
  text: string
}

/** How a clause came out of the round before. */
interface Mapping {
  relation: 'unchanged' | 'reworded' | 'moved' | 'split' | 'merged' | 'new'
  /** The keys of the clauses whose text it carries on, the likest first; empty where it is new. */
  from: string[]
}

/** So much of a text must stand in another for a part to be told by it. */
const mostly = 0.6
/** Fewer pairs of characters than this tell nothing. */
const fewest = 5

/**
 * Proposes how the clauses of a draft came out of those of the round before, from their texts and their sequence, never
 * from their numbers. A person confirms or changes it.
 * @param after the clauses' texts in document order, without their numbers
 * @returns one for each of `after`; an old clause that stands in no `from` is deleted
 */
export function proposeMapping(before: OldClause[], after: string[]): Mapping[] {
  const olds = before.map(({ text }) => comparable(text))
  const news = after.map(comparable)
  const partners = pairClauses(olds, news)
  const sources = partners.map((old) => (old === null ? [] : [old]))
  findParts(olds, news, sources)
  findMerged(olds, news, sources)
  const steady = steadyClauses(sources.map(([first]) => first ?? null))
  return sources.map((from, place) => ({
    relation: relationOf(from, place, sources, olds, news, steady),
    from: from.map((old) => before[old]?.key ?? ''),
  }))
}

/** A new clause without a partner may be a part of an old one that others have not carried on already. */
function findParts(olds: Comparable[], news: Comparable[], sources: number[][]): void {
  const left = olds.map(({ pairs }, old) =>
    remainder(
      pairs,
      news.filter((_, place) => sources[place]?.includes(old)),
    ),
  )
  const index = new PairIndex(left, left.keys())
  for (const [place, { pairs }] of news.entries()) {
    if (sources[place]?.length !== 0 || pairs.total < fewest) continue
    const old = whole(pairs, left, index)
    if (old !== null) sources[place]?.push(old)
  }
}

/** An old clause that nothing carries on may have gone into a new one besides its partner. */
function findMerged(olds: Comparable[], news: Comparable[], sources: number[][]): void {
  const left = news.map(({ pairs }, place) =>
    remainder(
      pairs,
      olds.filter((_, old) => sources[place]?.includes(old)),
    ),
  )
  const index = new PairIndex(left, left.keys())
  const carried = new Set(sources.flat())
  for (const [old, { pairs }] of olds.entries()) {
    if (carried.has(old) || pairs.total < fewest) continue
    const place = whole(pairs, left, index)
    if (place !== null) sources[place]?.push(old)
  }
}

function remainder(pairs: Pairs, taken: Comparable[]): Pairs {
  return taken.reduce((rest, clause) => without(rest, clause.pairs), pairs)
}

/** The place of the text that most of the part stands in, which the part is then taken from; null where there is none. */
function whole(part: Pairs, texts: Pairs[], index: PairIndex): number | null {
  let best: number | null = null
  let highest = mostly
  for (const place of index.near(part)) {
    const reached = containment(part, texts[place] ?? part)
    if (reached < highest || (best !== null && reached === highest)) continue
    best = place
    highest = reached
  }
  if (best !== null) texts[best] = without(texts[best] ?? part, part)
  return best
}

/** The new clauses whose partners stand in the same sequence as before. */
function steadyClauses(partners: (number | null)[]): Set<number> {
  const paired = partners.flatMap((old, place) => (old === null ? [] : [{ old, place }]))
  const run = longestRisingRun(paired.map(({ old }) => old))
  return new Set(paired.filter((_, index) => run.has(index)).map(({ place }) => place))
}

function relationOf(
  from: number[],
  place: number,
  sources: number[][],
  olds: Comparable[],
  news: Comparable[],
  steady: Set<number>,
): Mapping['relation'] {
  const [old] = from
  if (old === undefined) return 'new'
  if (from.length > 1) return 'merged'
  if (sources.filter((each) => each.includes(old)).length > 1) return 'split'
  if (!steady.has(place)) return 'moved'
  return olds[old]?.plain === news[place]?.plain ? 'unchanged' : 'reworded'
}
