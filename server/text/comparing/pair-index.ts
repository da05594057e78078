import type { Pairs } from './similarity.ts'

/** A pair of characters that stands in more texts than this (应当) tells nothing. */
const commonplace = 60
/** A text that shares less than this with another cannot be like it. */
const leastShare = 0.1

/** Finds among many texts the few that could be like a given one. */
export class PairIndex {
  private readonly holders = new Map<string, number[]>()

  /** @param places which of `texts` to look among */
  constructor(texts: Pairs[], places: Iterable<number>) {
    for (const place of places) {
      for (const pair of texts[place]?.counts.keys() ?? []) {
        const holding = this.holders.get(pair) ?? []
        this.holders.set(pair, holding)
        holding.push(place)
      }
    }
    for (const [pair, holding] of this.holders) if (holding.length > commonplace) this.holders.delete(pair)
  }

  /** The places of texts that share some telling pairs with this one. */
  near(pairs: Pairs): number[] {
    const shared = new Map<number, number>()
    for (const pair of pairs.counts.keys()) {
      for (const place of this.holders.get(pair) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1)
    }
    const least = pairs.counts.size * leastShare
    return [...shared].filter(([, count]) => count >= least).map(([place]) => place)
  }
}
