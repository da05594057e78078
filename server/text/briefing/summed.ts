import { rarePoints } from './rare-points.ts'
import { type Representative, representatives } from './representatives.ts'
import { type Section, vectorsOf } from './section.ts'

/** What is quoted of a section, by the places of its sentences. */
export interface Summed {
  representatives: Representative[]
  rare: { sentences: number[]; found: number }
}

/** Sums up what is said in a section; the same for the same section. @param most sentences of a stance, and rare ones */
export function summed(section: Section, most: { quotes: number; rare: number }): Summed {
  const vectors = vectorsOf(section)
  const chosen = representatives(section, vectors, most.quotes)
  const said = new Set(chosen.flatMap(({ texts }) => (texts.length > 1 ? texts : [])))
  return { representatives: chosen, rare: rarePoints(section, vectors, said, most.rare) }
}
