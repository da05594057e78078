import { type Pairs, pairsOf, similarity } from './similarity.ts'

/**
 * Texts that say nearly the same, by their places: each text belongs to the first before it that it is like, so that every
 * text is compared with few. A text that is like none is a group of its own, and so is an empty one.
 * @param atLeast from this similarity on two are alike
 */
export function alikeGroups(texts: readonly string[], atLeast: number): number[][] {
  const pairs = texts.map(pairsOf)
  const rare = rarestOf(pairs, atLeast)
  const groups: number[][] = []
  /** Groups by the rare pairs of their first text. */
  const holding = new Map<string, number[]>()
  for (const [place, text] of pairs.entries()) {
    const near = new Set(rare[place]?.flatMap((pair) => holding.get(pair) ?? []))
    const found = [...near].find(
      (group) => similarity(pairs[groups[group]?.[0] ?? -1] ?? none, text) >= atLeast,
    )
    if (found !== undefined) groups[found]?.push(place)
    else {
      for (const pair of rare[place] ?? []) holding.set(pair, [...(holding.get(pair) ?? []), groups.length])
      groups.push([place])
    }
  }
  return groups
}

const none: Pairs = { counts: new Map(), total: 0 }

/**
 * The pairs of each text that stand in the fewest others, so many that two texts without a common one among them cannot be
 * alike: what they share is at least t / (2 − t) of either (prefix filtering; Chaudhuri, Ganti, Kaushik 2006).
 */
function rarestOf(texts: readonly Pairs[], atLeast: number): string[][] {
  const held = new Map<string, number>()
  for (const { counts } of texts) for (const pair of counts.keys()) held.set(pair, (held.get(pair) ?? 0) + 1)
  const order = (pair: string) => held.get(pair) ?? 0
  return texts.map(({ counts, total }) => {
    const most = total - Math.ceil((total * atLeast) / (2 - atLeast)) + 1
    const sorted = [...counts.keys()].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))
    // A pair that stands several times in a text counts as often.
    let taken = 0
    return sorted.filter((pair) => {
      const isTaken = taken < most
      taken += counts.get(pair) ?? 0
      return isTaken
    })
  })
}
