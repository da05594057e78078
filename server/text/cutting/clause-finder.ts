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

/** What a text says of the clauses of a draft. */
export interface SaidOfClauses {
  /** The clause that it cites first, and where; null where it cites none, or none that there is. */
  cited: { key: string; at: number } | null
  /** What its words have in common with each. */
  evidence: Evidence
}

/** Tells of which clause a text speaks. */
export interface ClauseFinder {
  read(text: string): SaidOfClauses
  /**
   * The clause for which the words speak; null where none stands out.
   * @param least of what must speak for it
   * @param times more than for any other
   */
  outstanding(evidence: Evidence, least?: number, times?: number): string | null
}

/** About two pairs of characters that stand in one clause alone. */
const enough = 5
const clearly = 1.1

/** Reads the clauses once, for as many texts as there are. */
export function clauseFinder(clauses: readonly CitedClause[]): ClauseFinder {
  const resolve = pathResolver(clauses)
  const evidence = tellingPairs(clauses)
  return {
    read: (text) => ({ cited: firstCited(text, resolve), evidence: evidence(text) }),
    outstanding(evidence, least = enough, times = clearly) {
      const { place, weight, next } = heaviest(evidence)
      return weight >= least && weight >= times * next ? (clauses[place]?.key ?? null) : null
    },
  }
}

function firstCited(text: string, resolve: PathResolver): SaidOfClauses['cited'] {
  for (const { path, at } of citations(text)) {
    const key = resolve(path)
    if (key !== null) return { key, at }
  }
  return null
}

function heaviest(evidence: Evidence): { place: number; weight: number; next: number } {
  let found = { place: -1, weight: 0, next: 0 }
  for (const [place, weight] of evidence) {
    if (weight > found.weight) found = { place, weight, next: found.weight }
    else if (weight > found.next) found.next = weight
  }
  return found
}
