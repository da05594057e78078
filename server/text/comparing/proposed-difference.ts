import { splitSentences } from '../words/sentences.ts'
import { type Difference, differences } from './differences.ts'
import { pairsOf, similarity } from './similarity.ts'

export interface ProposedWording {
  /** amend | delete | insert_after */
  proposal: string | null
  wording: string | null
  quote: { exact: string } | null
}

/** Below this two passages have so little in common that their difference only confuses. */
const leastAlike = 0.3

/**
 * What a proposal would change, beside the words it is about: what was quoted, else the passage of the clause that is
 * most like the proposed wording. A wording that is like none of them stands for itself.
 */
export function proposedDifference(
  clause: string,
  { proposal, wording, quote }: ProposedWording,
): Difference[] {
  const proposed = wording ?? ''
  if (proposal === 'delete') return [{ change: 'removed', text: quote?.exact ?? clause }]
  const passage = quote?.exact ?? passageLike(clause, proposed)
  if (proposal !== 'insert_after') return differences(passage, proposed)
  return [
    { change: 'same' as const, text: quote?.exact ?? '' },
    { change: 'added' as const, text: proposed },
  ].filter(({ text }) => text !== '')
}

/** The sentence, or the whole clause, that is most like the wording; empty where none is. */
export function passageLike(clause: string, wording: string): string {
  const wanted = pairsOf(wording)
  const passages = [clause, ...splitSentences(clause).map(({ text }) => text)]
  const [best] = passages
    .map((text) => ({ text, alike: similarity(pairsOf(text), wanted) }))
    .sort((a, b) => b.alike - a.alike)
  return best && best.alike >= leastAlike ? best.text : ''
}
