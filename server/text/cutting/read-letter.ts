import { trimBlanks } from '../outlining/blanks.ts'
import { type Beginning, beginningOf } from './beginnings.ts'
import { courtesies } from './courtesies.ts'
import { type LetterSentence, letterSentences } from './letter-sentences.ts'

/** A sentence with what tells whether it goes on with the one before. */
export interface ReadSentence extends LetterSentence {
  /** Without blanks at its ends. */
  text: string
  beginsLine: boolean
  beginning: Beginning
  isCourtesy: boolean
}

/** The sentences of a letter, each as it hangs together with the others; and whether its lines are numbered. */
export function readLetter(letter: string): { sentences: ReadSentence[]; isNumbered: boolean } {
  const characters = [...letter]
  const said = letterSentences(letter).map(({ start, end }, index) => {
    const text = trimBlanks(characters.slice(start, end).join(''))
    const beginsLine = index === 0 || endsLine(characters, start)
    return { start, end, text, beginsLine, beginning: beginningOf(text) }
  })
  const isCourtesy = courtesies(said)
  const sentences = said.map((sentence, index) => ({ ...sentence, isCourtesy: isCourtesy[index] ?? false }))
  const numbered = sentences.filter(({ beginsLine, beginning }) => beginsLine && beginning.is === 'item')
  return { sentences, isNumbered: numbered.length > 1 }
}

/** Whether a line break stands among the blanks before a place. */
function endsLine(characters: string[], at: number): boolean {
  for (let before = at - 1; trimBlanks(characters[before] ?? '.') === ''; before--) {
    if (/[\n\r\u2028\u2029]/u.test(characters[before] ?? '')) return true
  }
  return false
}
