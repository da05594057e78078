import { sought } from './bigrams.ts'
import { wordsOf } from './key-terms.ts'

/** A piece of a text; `lit` where it is what was looked for. */
export interface Piece {
  text: string
  lit: boolean
}

/**
 * A text with what a search found in it lit: the words that were looked for where they stand whole; of a word that stands
 * nowhere whole each pair of characters, as bigrams.ts reads them, so that whatever the index finds is shown. A single
 * character is lit wherever it stands.
 * @param query what was typed into the search field; empty lights nothing
 */
export function lit(text: string, query: string): Piece[] {
  const wanted = sought(query)
  if (!wanted) return [{ text, lit: false }]
  const characters = [...text]
  const letters = lettersOf(characters)
  const { whole, pairs } = standing(letters, query, new Set(wanted.pairs))
  const found = new Set<number>()
  const light = (from: number, length: number) => {
    for (const { at } of letters.slice(from, from + length)) found.add(at)
  }
  for (const { from, length } of whole) light(from, length)
  for (const [i, { letter }] of letters.entries()) {
    const next = letters[i + 1]
    if (wanted.initials.includes(letter)) light(i, 1)
    if (next && pairs.has(letter + next.letter)) light(i, 2)
  }
  return inPieces(characters, (at) => found.has(at))
}

interface Letter {
  letter: string
  at: number
}

/** Where what was typed at once, or else its words, stands whole in a text; and the pairs of what stands nowhere. */
function standing(letters: Letter[], query: string, pairs: Set<string>) {
  const whole: { from: number; length: number }[] = []
  for (const term of query.split(/\s+/u)) {
    const typed = placesOf(letters, term)
    const parts = typed.length > 0 ? [term] : [...wordsOf(term)]
    for (const part of parts) {
      const read = lettersOf([...part]).map(({ letter }) => letter)
      const places = part === term ? typed : placesOf(letters, part)
      if (read.length < 2 || places.length === 0) continue
      whole.push(...places.map((from) => ({ from, length: read.length })))
      for (const [i, letter] of read.entries()) pairs.delete(letter + (read[i + 1] ?? ''))
    }
  }
  return { whole, pairs }
}

/** At which of the letters these words begin. */
function placesOf(letters: Letter[], words: string): number[] {
  const read = lettersOf([...words]).map(({ letter }) => letter)
  if (read.length === 0) return []
  return [...letters.keys()].filter((from) => read.every((letter, i) => letters[from + i]?.letter === letter))
}

function lettersOf(characters: string[]): Letter[] {
  return characters.flatMap((character, at) => {
    const folded = character.normalize('NFKC').toLowerCase()
    return (folded.match(/[\p{L}\p{N}]/gu) ?? []).map((letter) => ({ letter, at }))
  })
}

function inPieces(characters: string[], isLit: (at: number) => boolean): Piece[] {
  const pieces: Piece[] = []
  for (const [at, character] of characters.entries()) {
    const last = pieces.at(-1)
    if (last && last.lit === isLit(at)) last.text += character
    else pieces.push({ text: character, lit: isLit(at) })
  }
  return pieces
}
