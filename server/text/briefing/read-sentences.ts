import { listedReader } from '../sorting/listed-words.ts'
import { splitSentences } from '../words/sentences.ts'
import { bases, basesOf, type DraftBases } from './bases.ts'

/** The sentences of some texts, in typed arrays, since there may be a million of them and they go from thread to thread. */
export interface ReadSentences {
  /** Of each sentence: the place of its text, where it begins and ends in that in code points, and whether it can be quoted. */
  spans: Int32Array
  /** Of each sentence which bases it has: bit 0 is the first of `bases`. */
  bases: Uint8Array
  /** Where the features of each sentence begin, and at last where they end. */
  offsets: Int32Array
  /** Numbers of words (even) and of groups of words (odd). */
  features: Int32Array
}

/** What a sentence needs so that somebody else understands it, and what still is one; more is cut at a comma. */
const [shortest, longest] = [8, 120]
const numbering = /^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?/u

/** @param draft the bases that are the draft's own; `places` names that it does not name; `listed` words of the consultation */
export function readSentences(
  texts: readonly string[],
  { listed, draft, places }: { listed: readonly string[]; draft: DraftBases; places: readonly string[] },
): ReadSentences {
  const wordsIn = listedReader(listed)
  const spans: number[] = []
  const based: number[] = []
  const offsets: number[] = [0]
  const features: number[] = []
  for (const [place, text] of texts.entries()) {
    for (const { words, start, end } of passagesOf(text)) {
      const found = basesOf(words, draft, places)
      const read = new Set<number>()
      for (const [word, groups] of wordsIn(words)) {
        read.add(numberOf(word) << 1)
        for (const group of groups) read.add((numberOf(group) << 1) | 1)
      }
      spans.push(place, start, end, isQuotable(words, end - start) ? 1 : 0)
      based.push(bases.reduce((bits, base, bit) => bits | (found.includes(base) ? 1 << bit : 0), 0))
      for (const feature of read) features.push(feature)
      offsets.push(features.length)
    }
  }
  return {
    spans: Int32Array.from(spans),
    bases: Uint8Array.from(based),
    offsets: Int32Array.from(offsets),
    features: Int32Array.from(features),
  }
}

/** The sentences of a text without the blanks and numbers before them, line by line; a long one in pieces that end with a comma. */
export function* passagesOf(text: string): Generator<{ words: string; start: number; end: number }> {
  for (const sentence of splitSentences(text)) {
    let from = sentence.start
    for (const line of sentence.text.split(/(?<=\n)/u)) {
      for (const piece of pieces(line)) {
        const characters = [...piece]
        const lead = [...(numbering.exec(piece)?.[0] ?? '')].length
        const end = from + [...piece.trimEnd()].length
        const start = Math.min(from + lead, end)
        if (end > start) yield { words: characters.slice(start - from, end - from).join(''), start, end }
        from += characters.length
      }
    }
  }
}

function pieces(line: string): string[] {
  if ([...line].length <= longest) return [line]
  const found: string[] = []
  let piece = ''
  for (const part of line.split(/(?<=[，,、：:])/u)) {
    if (piece !== '' && [...piece, ...part].length > longest) {
      found.push(piece)
      piece = ''
    }
    piece += part
  }
  return [...found, piece]
}

/** What stands in brackets is said beside something else. */
function isQuotable(words: string, length: number): boolean {
  return length >= shortest && length <= longest && !/^[（(].*[）)][。.]?$/u.test(words)
}

/** FNV-1a: the same for the same word, whoever reads it and when. */
function numberOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) {
    hash ^= word.charCodeAt(at)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 2
}
