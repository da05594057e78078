import type { Piece } from './lit.ts'

/** A long text, of which the beginning stands on the page and the rest is opened. */
export interface FoldedText {
  head: Piece[]
  /** null where it all stands there. */
  rest: Piece[] | null
  /** Characters of the rest. */
  more: number
  /** Something in the rest is lit, so it stands open. */
  isLit: boolean
}

/** Texts of so many characters stand as they are. */
const shortText = 400
/** Of longer ones about so many: to the end of a sentence where one ends there. */
const [shortHead, longHead] = [160, 280]
const ends = /[。！？；!?;\n]/

/** A text with its end folded where it is long. */
export function folded(pieces: Piece[]): FoldedText {
  const characters = pieces.flatMap(({ text }) => [...text])
  if (characters.length <= shortText) return { head: pieces, rest: null, more: 0, isLit: false }
  const end = characters.slice(shortHead, longHead).findIndex((character) => ends.test(character))
  const at = end < 0 ? longHead : shortHead + end + 1
  const rest = cut(pieces, at, characters.length)
  return {
    head: cut(pieces, 0, at),
    rest,
    more: characters.length - at,
    isLit: rest.some(({ lit }) => lit),
  }
}

/** What of the pieces stands between two places. */
function cut(pieces: Piece[], from: number, to: number): Piece[] {
  let start = 0
  return pieces.flatMap(({ text, lit }) => {
    const characters = [...text]
    const own = characters.slice(Math.max(0, from - start), Math.max(0, to - start))
    start += characters.length
    return own.length > 0 ? [{ text: own.join(''), lit }] : []
  })
}
