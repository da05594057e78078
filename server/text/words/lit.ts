import { sought } from './bigrams.ts'

/** A piece of a text; `lit` where it is what was looked for. */
export interface Piece {
  text: string
  lit: boolean
}

/**
 * A text with what a search found in it lit: wherever a pair of the words that were looked for stands, as bigrams.ts
 * reads them, so that whatever the index finds is shown. A single character is lit wherever it stands.
 * @param query what was typed into the search field; empty lights nothing
 */
export function lit(text: string, query: string): Piece[] {
  const wanted = sought(query)
  if (!wanted) return [{ text, lit: false }]
  const characters = [...text]
  const letters = lettersOf(characters)
  const pairs = new Set(wanted.pairs)
  const found = new Set<number>()
  for (const [i, { letter, at }] of letters.entries()) {
    const next = letters[i + 1]
    if (wanted.initials.includes(letter)) found.add(at)
    if (next && pairs.has(letter + next.letter)) found.add(at).add(next.at)
  }
  return inPieces(characters, (at) => found.has(at))
}

function lettersOf(characters: string[]): { letter: string; at: number }[] {
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
