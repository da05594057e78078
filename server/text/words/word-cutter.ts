import { everydayGroups } from './everyday/everyday.ts'

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** A word of a text, as it is compared: full width and half width, upper and lower case are one. */
export interface CutWord {
  word: string
  /** Whether it stands in a list of words, and not only in the segmenter's dictionary. */
  isListed: boolean
}

/** Cuts texts into words; the same for as many texts as there are. */
export type WordCutter = (text: string) => CutWord[]

/**
 * The words of a text: the longest that is listed, else what the segmenter knows. A listed word counts only where no word
 * of the segmenter's is cut in two by it: 用电话 has no 用电.
 * @param listed words besides those of every day
 */
export function wordCutter(listed: Iterable<string> = []): WordCutter {
  const own = new Set(Array.from(listed, folded))
  let longest = 12
  for (const word of own) longest = Math.max(longest, word.length)
  const isListed = (word: string) => own.has(word) || everydayGroups.has(word)
  return (text) => {
    const segments = [...segmenter.segment(folded(text))]
    const words: CutWord[] = []
    for (let at = 0; at < segments.length; ) {
      const { end, word } = longestListed(segments, at, { longest, isListed })
      const segment = segments[at]
      if (word !== null) words.push({ word, isListed: true })
      else if (segment?.isWordLike) words.push({ word: segment.segment, isListed: false })
      at = end
    }
    return words
  }
}

interface Lists {
  longest: number
  isListed(word: string): boolean
}

function longestListed(segments: Intl.SegmentData[], from: number, { longest, isListed }: Lists) {
  let found: { end: number; word: string | null } = { end: from + 1, word: null }
  let word = ''
  for (let at = from; at < segments.length; at++) {
    const segment = segments[at]
    word += segment?.segment ?? ''
    if (word.length > longest || (at > from && !/[\p{L}\p{N}]/u.test(segment?.segment ?? ''))) break
    if (isListed(word)) found = { end: at + 1, word }
  }
  return found
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
