import { letterSentences } from './letter-sentences.ts'

/** A piece of a letter that may say one thing, in code points, `end` exclusive. */
export interface ProposedCut {
  start: number
  end: number
  kind: 'point' | 'no_proposal'
  /** The key of the clause that it is about; null where it says none. */
  clause: string | null
}

export interface CitedClause {
  key: string
  label: string | null
  citation: string
  name: string
  text: string
}

/** What a letter may be parted into, paragraph by paragraph. */
export function proposedCuts(letter: string, _clauses: readonly CitedClause[]): ProposedCut[] {
  const cuts: ProposedCut[] = []
  const characters = [...letter]
  for (const { start, end } of letterSentences(letter)) {
    const last = cuts.at(-1)
    const goesOn = last && !characters.slice(last.start, start).includes('\n')
    if (goesOn) last.end = end
    else cuts.push({ start, end, kind: 'point', clause: null })
  }
  return cuts.length > 1 ? cuts : []
}
