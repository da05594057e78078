import { setImmediate as others } from 'node:timers/promises'
import { type Pairs, pairsOf, similarity } from './similarity.ts'

/** So many texts are worked at a time, some milliseconds; between two of these everybody else gets a turn. */
const atOnce = 10

/**
 * Texts that say nearly the same, by their places: each text belongs to the first before it that it is like, so that every
 * text is compared with few. A text that is like none is a group of its own, and so is an empty one.
 * @param atLeast from this similarity on two are alike
 */
export async function alikeGroups(texts: readonly string[], atLeast: number): Promise<number[][]> {
  const pairs: Pairs[] = []
  const held = new Map<string, number>()
  await eachInTurn(texts, (text) => {
    const own = pairsOf(text)
    pairs.push(own)
    for (const pair of own.counts.keys()) held.set(pair, (held.get(pair) ?? 0) + 1)
  })
  const groups: number[][] = []
  /** Groups by the rare pairs of their first text. */
  const holding = new Map<string, number[]>()
  await eachInTurn(pairs, (text, place) => {
    const rare = rarestOf(text, held, atLeast)
    const near = new Set(rare.flatMap((pair) => holding.get(pair) ?? []))
    const found = [...near].find(
      (group) => similarity(pairs[groups[group]?.[0] ?? -1] ?? none, text) >= atLeast,
    )
    if (found !== undefined) groups[found]?.push(place)
    else {
      for (const pair of rare) holding.set(pair, [...(holding.get(pair) ?? []), groups.length])
      groups.push([place])
    }
  })
  return groups
}

const none: Pairs = { counts: new Map(), total: 0 }

async function eachInTurn<One>(all: readonly One[], work: (one: One, place: number) => void): Promise<void> {
  for (const [place, one] of all.entries()) {
    if (place > 0 && place % atOnce === 0) await others()
    work(one, place)
  }
}

/**
 * The pairs of a text that stand in the fewest texts, so many that two texts without a common one among theirs cannot be
 * alike: what they share is at least t / (2 − t) of either (prefix filtering; Chaudhuri, Ganti, Kaushik 2006).
 */
function rarestOf({ counts, total }: Pairs, held: ReadonlyMap<string, number>, atLeast: number): string[] {
  const most = total - Math.ceil((total * atLeast) / (2 - atLeast)) + 1
  const order = (pair: string) => held.get(pair) ?? 0
  const sorted = [...counts.keys()].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))
  // A pair that stands several times in a text counts as often.
  let taken = 0
  return sorted.filter((pair) => {
    const isTaken = taken < most
    taken += counts.get(pair) ?? 0
    return isTaken
  })
}
