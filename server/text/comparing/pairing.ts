import { withoutBlanks } from '../outlining/blanks.ts'
import { longestRisingRun } from '../outlining/longest-run.ts'
import { PairIndex } from './pair-index.ts'
import { type Pairs, pairsOf, similarity } from './similarity.ts'

/** A clause's text, prepared for comparing. */
export interface Comparable {
  plain: string
  pairs: Pairs
}

const alike = 0.5
/** Between neighbours that are sure, less will do. */
const alikeInPlace = 0.15

export function comparable(text: string): Comparable {
  return { plain: withoutBlanks(text), pairs: pairsOf(text) }
}

/**
 * Pairs each new clause with at most one old one: the same text first, then the likest, then what stands between the
 * same neighbours.
 * @returns for each new clause the place of its old one, or null
 */
export function pairClauses(olds: Comparable[], news: Comparable[]): (number | null)[] {
  const partners: (number | null)[] = news.map(() => null)
  const free = new Set(olds.keys())
  const pair = (place: number, old: number) => {
    partners[place] = old
    free.delete(old)
  }
  pairSame(olds, news, pair)
  for (const { place, old } of likest(olds, news, partners, free)) {
    if (partners[place] === null && free.has(old)) pair(place, old)
  }
  for (const { place, old } of inPlace(olds, news, partners, free)) pair(place, old)
  return partners
}

function pairSame(olds: Comparable[], news: Comparable[], pair: (place: number, old: number) => void): void {
  const places = new Map<string, number[]>()
  for (const [old, { plain }] of olds.entries()) places.set(plain, [...(places.get(plain) ?? []), old])
  for (const [place, { plain }] of news.entries()) {
    const old = places.get(plain)?.shift()
    if (old !== undefined) pair(place, old)
  }
}

/** What could be paired, the likest first; of equals, what moved least. */
function likest(
  olds: Comparable[],
  news: Comparable[],
  partners: (number | null)[],
  free: Set<number>,
): { place: number; old: number }[] {
  const index = new PairIndex(
    olds.map(({ pairs }) => pairs),
    free,
  )
  const candidates = news.flatMap(({ pairs }, place) => {
    if (partners[place] !== null) return []
    return index.near(pairs).map((old) => ({
      place,
      old,
      likeness: similarity(olds[old]?.pairs ?? pairs, pairs),
      moved: Math.abs(old / olds.length - place / news.length),
    }))
  })
  return candidates
    .filter(({ likeness }) => likeness >= alike)
    .sort((a, b) => b.likeness - a.likeness || a.moved - b.moved)
}

/** Of the clauses left over between two that stay in sequence, each new one with the next old one that is a little like it. */
function inPlace(
  olds: Comparable[],
  news: Comparable[],
  partners: (number | null)[],
  free: Set<number>,
): { place: number; old: number }[] {
  const paired = partners.flatMap((old, place) => (old === null ? [] : [{ place, old }]))
  const steady = [...longestRisingRun(paired.map(({ old }) => old))].sort((a, b) => a - b)
  const anchors = [...steady.flatMap((each) => paired[each] ?? []), { place: news.length, old: olds.length }]
  const found: { place: number; old: number }[] = []
  let last = { place: -1, old: -1 }
  for (const anchor of anchors) {
    let old = last.old + 1
    for (let place = last.place + 1; place < anchor.place; place++) {
      if (partners[place] !== null) continue
      const partner = nextLike(olds, news[place], old, anchor.old, free)
      if (partner === null) continue
      found.push({ place, old: partner })
      old = partner + 1
    }
    last = anchor
  }
  return found
}

function nextLike(
  olds: Comparable[],
  clause: Comparable | undefined,
  from: number,
  end: number,
  free: Set<number>,
): number | null {
  for (let old = from; old < end; old++) {
    const candidate = olds[old]
    if (clause && candidate && free.has(old) && similarity(candidate.pairs, clause.pairs) >= alikeInPlace)
      return old
  }
  return null
}
