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

/** A line that is as short and ends with a comma was broken where the screen ends. */
const shortLine = 30

/** The sentences of a letter, each as it hangs together with the others; and whether its lines say where points begin. */
export function readLetter(letter: string): { sentences: ReadSentence[]; isOrdered: boolean } {
  const characters = [...letter]
  const texts = letterSentences(letter).map(({ start, end }) => {
    return { start, end, text: trimBlanks(characters.slice(start, end).join('')) }
  })
  const said = texts.map((sentence, index) => {
    const beginsLine =
      index === 0 || (endsLine(characters, sentence.start) && !isBroken(texts[index - 1]?.text))
    return { ...sentence, beginsLine, beginning: beginningOf(sentence.text) }
  })
  const isCourtesy = courtesies(said)
  const sentences = said.map((sentence, index) => ({ ...sentence, isCourtesy: isCourtesy[index] ?? false }))
  const begun = sentences.filter((sentence) => sentence.beginsLine && beginsPoint(sentence))
  return { sentences, isOrdered: begun.length > 1 }
}

/** Whether a sentence says by its first words that something else begins. */
export function beginsPoint({ beginning }: Pick<ReadSentence, 'beginning'>): boolean {
  return beginning.is === 'item' || beginning.is === 'turn'
}

function isBroken(line = ''): boolean {
  return line.length < shortLine && /[，、,]$/u.test(line)
}

/** Whether a line break stands among the blanks before a place. */
function endsLine(characters: string[], at: number): boolean {
  for (let before = at - 1; trimBlanks(characters[before] ?? '.') === ''; before--) {
    if (/[\n\r\u2028\u2029]/u.test(characters[before] ?? '')) return true
  }
  return false
}
