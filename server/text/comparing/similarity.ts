import { withoutBlanks } from '../outlining/blanks.ts'

/** How often each pair of neighbouring characters stands in a text. */
export interface Pairs {
  counts: Map<string, number>
  total: number
}

export function pairsOf(text: string): Pairs {
  const characters = [...withoutBlanks(text)]
  const counts = new Map<string, number>()
  // A text of one character is its own pair.
  const total = Math.max(characters.length - 1, Math.min(characters.length, 1))
  for (let index = 0; index < total; index++) {
    const pair = (characters[index] ?? '') + (characters[index + 1] ?? '')
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return { counts, total }
}

/** How many pairs two texts share. */
function shared(a: Pairs, b: Pairs): number {
  const [few, many] = a.counts.size < b.counts.size ? [a, b] : [b, a]
  let common = 0
  for (const [pair, count] of few.counts) common += Math.min(count, many.counts.get(pair) ?? 0)
  return common
}

/** From 0 to 1: twice what is shared by what there is (Sørensen–Dice), 1 for the same text. */
export function similarity(a: Pairs, b: Pairs): number {
  return a.total + b.total === 0 ? 1 : (2 * shared(a, b)) / (a.total + b.total)
}

/** From 0 to 1: how much of the first stands in the second. */
export function containment(a: Pairs, b: Pairs): number {
  return a.total === 0 ? 0 : shared(a, b) / a.total
}

/** What of the first is left when the second is taken away. */
export function without(a: Pairs, b: Pairs): Pairs {
  const counts = new Map<string, number>()
  let total = 0
  for (const [pair, count] of a.counts) {
    const left = count - (b.counts.get(pair) ?? 0)
    if (left <= 0) continue
    counts.set(pair, left)
    total += left
  }
  return { counts, total }
}
