import { splitSentences } from '../words/sentences.ts'

/** A sentence of a letter, in code points, `end` exclusive. */
export interface LetterSentence {
  start: number
  end: number
}

/** The sentences of a letter; joined they are the letter. */
export function letterSentences(letter: string): LetterSentence[] {
  return splitSentences(letter).map(({ start, end }) => ({ start, end }))
}
