import { type CitedClause, type ClauseFinder, clauseFinder } from './clause-finder.ts'
import { Passage } from './passage.ts'
import { readLetter } from './read-letter.ts'

/** A piece of a letter, from one sentence's start to another's end; positions are code points, `end` exclusive. */
export interface ProposedCut {
  start: number
  end: number
  /** What asks for nothing, greetings, thanks, a signature, is no point. */
  kind: 'point' | 'no_proposal'
  /** The key of the clause that it is about; null where its words say none. */
  clause: string | null
}

/** The points that a letter makes, and what makes none; joined they are the letter. */
export function proposedCuts(letter: string, clauses: readonly CitedClause[]): ProposedCut[] {
  return cutsWith(letter, clauseFinder(clauses))
}

/** The same for many letters of one consultation. */
export function cutsWith(letter: string, finder: ClauseFinder): ProposedCut[] {
  const { sentences, isOrdered } = readLetter(letter)
  const passages: Passage[] = []
  for (const sentence of sentences) {
    const said = { ...sentence, ...finder.read(sentence.text) }
    const last = passages.at(-1)
    if (last?.goesOnWith(said, isOrdered)) last.take(said)
    else passages.push(new Passage(said, finder, last))
  }
  return passages.map(({ start, end, isCourtesy, clause }) => ({
    ...{ start, end, kind: isCourtesy ? 'no_proposal' : 'point', clause: isCourtesy ? null : clause },
  }))
}

/** The clause of which a piece of text speaks, by citation or by its words; null where nothing or too much is said. */
export function citedClause(text: string, clauses: readonly CitedClause[]): string | null {
  const finder = clauseFinder(clauses)
  const { cited, evidence } = finder.read(text)
  return cited?.key ?? finder.outstanding(evidence)
}
