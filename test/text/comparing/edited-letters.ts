import { globSync, readFileSync } from 'node:fs'
import { letters } from '../../../server/text/comparing/fingerprints.ts'
import { splitSentences } from '../../../server/text/words/sentences.ts'
import { opinions } from '../opinions.ts'

/** A form letter, and what two of its senders made of it: edited, among words of their own. */
export interface EditedLetter {
  letter: string
  first: string
  second: string
}

/** How a form letter is changed. */
export interface Editing {
  /** Of how many letters it is, without punctuation. */
  length: number
  /** How often as many words of its own each copy has as the letter has letters. */
  own: number
  /** The share of its letters that each copy has exchanged, two by two, anywhere. */
  exchanged: number
}

/**
 * Form letters of sentences out of test/fixtures/letters, with words of test/fixtures/opinions added before them, behind
 * them, on both sides or in the middle. The same from the same seed.
 */
export function editedLetters(count: number, editing: Editing, seed = 7): EditedLetter[] {
  const random = mulberry32(seed)
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value
  const filledUp = (length: number, texts: readonly string[]) => {
    let text = ''
    while (size(text) < length) text += pick(texts)
    return text
  }
  const exchanged = (letter: string) => {
    const characters = [...letter]
    for (let done = 0; done < (characters.length * editing.exchanged) / 2; done++) {
      const [at, from] = [random() * (characters.length - 2), random() * 10]
      characters.splice(Math.floor(at), 2, ...[...pick(said)].slice(Math.floor(from), Math.floor(from) + 2))
    }
    return characters.join('')
  }
  const among = (letter: string, own: string) => {
    const kind = random()
    if (kind < 0.3) return own + letter
    if (kind < 0.6) return letter + own
    if (kind < 0.8) return own.slice(0, own.length / 2) + letter + own.slice(own.length / 2)
    const sentences = splitSentences(letter).map(({ text }) => text)
    const middle = Math.ceil(sentences.length / 2)
    return [...sentences.slice(0, middle), own, ...sentences.slice(middle)].join('')
  }
  return Array.from({ length: count }, () => {
    const letter = filledUp(editing.length, sentences)
    const copy = () => {
      const own =
        editing.own === 0 ? '' : cut(filledUp(size(letter) * editing.own, said), size(letter) * editing.own)
      return among(exchanged(letter), own)
    }
    return { letter, first: copy(), second: copy() }
  })
}

const said = opinions().map(({ text }) => text)
const sentences = globSync('test/fixtures/letters/*.txt')
  .toSorted()
  .flatMap((file) => splitSentences(readFileSync(file, 'utf8').replace(/\{[^}]*\}/g, '')))
  .map(({ text }) => text.trim())
  .filter((text) => size(text) > 15 && size(text) < 80)

function size(text: string): number {
  return letters(text).length
}

function cut(text: string, length: number): string {
  const characters = [...text]
  return characters.slice(0, Math.round((characters.length * length) / size(text))).join('')
}

/** Numbers from 0 to 1, the same from the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
