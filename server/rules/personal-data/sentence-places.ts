/** A piece of a text with the marks that end it; `last` is where its words end. */
interface Piece {
  start: number
  last: number
  end: number
}

/** Where the sentences of a text lie; joined they are the text. */
export function sentencesOf(text: string): Piece[] {
  return pieces(text, /([^。！？!?\n]*)[。！？!?\n]*/gu)
}

/** The same of what stands between commas. */
export function clausesOf(text: string): Piece[] {
  return pieces(text, /([^。！？!?\n，,；;：:（）()]*)[。！？!?\n，,；;：:（）()]*/gu)
}

function pieces(text: string, pattern: RegExp): Piece[] {
  return Array.from(text.matchAll(pattern), ({ 0: { length }, 1: words = '', index }) => ({
    start: index,
    last: index + words.length,
    end: index + length,
  })).filter(({ start, end }) => end > start)
}
