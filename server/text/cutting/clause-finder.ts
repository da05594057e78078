import { citations } from './citations.ts'
import { type PathResolver, pathResolver } from './cited-paths.ts'
import { type Evidence, tellingPairs } from './telling-pairs.ts'

/** What is read of a clause to tell what speaks of it. */
export interface CitedClause {
  key: string
  citation: string
  name: string
  text: string
}

/** Tells of which clause a text speaks. */
export interface ClauseFinder {
  /** The clause that a text cites first, and where; null where it cites none, or none that there is. */
  cited(text: string): { key: string; at: number } | null
  /** What the clauses have in common with a text, by their words. */
  evidence(text: string): Evidence
  /** The clause that stands out; null where none does. @param least of what must speak for it */
  outstanding(evidence: Evidence, least?: number): string | null
}

/** So much must speak for a clause: about two pairs of characters that stand in it alone. */
const enough = 5
/** And so many times more than for any other. */
const clearly = 1.2

/** Reads the clauses once, for as many texts as there are. */
export function clauseFinder(clauses: readonly CitedClause[]): ClauseFinder {
  const resolve = pathResolver(clauses)
  return {
    cited: (text) => firstCited(text, resolve),
    evidence: tellingPairs(clauses),
    outstanding(evidence, least = enough) {
      let [best, next]: [number, number] = [0, 0]
      let found: number | null = null
      for (const [place, weight] of evidence) {
        if (weight > best) [best, next, found] = [weight, best, place]
        else if (weight > next) next = weight
      }
      return found !== null && best >= least && best >= clearly * next ? (clauses[found]?.key ?? null) : null
    },
  }
}

function firstCited(text: string, resolve: PathResolver): { key: string; at: number } | null {
  for (const { path, at } of citations(text)) {
    const key = resolve(path)
    if (key !== null) return { key, at }
  }
  return null
}
