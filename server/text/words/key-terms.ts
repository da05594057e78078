import { type WordCutter, wordCutter } from './word-cutter.ts'

/** In how many of `texts` texts each word occurs; the words that occur once only are left out. */
export interface WordCounts {
  texts: number
  words: Record<string, number>
}

/** A word that sets some texts apart, with how many of them have it. */
interface KeyTerm {
  word: string
  texts: number
}

const everyWord = wordCutter()

/** Of chi-square with one degree of freedom, p < 0.001. */
const significant = 10.83

/**
 * The different words of a text that can say what it is about: two letters or more, no bare number.
 * @param cut knows the words of the consultation; else those of every day
 */
export function wordsOf(text: string, cut: WordCutter = everyWord): Set<string> {
  const words = new Set<string>()
  for (const { word, isListed } of cut(text)) {
    const tells = isListed ? word.length > 1 : /^[\p{L}\p{N}]{2,12}$/u.test(word)
    if (tells && /\p{L}/u.test(word)) words.add(word)
  }
  return words
}

/**
 * The words that occur in more of these texts than the rest would lead to expect, the most telling first: by the
 * log-likelihood ratio G² of the 2×2 table of texts with and without the word (Dunning, Accurate Methods for the
 * Statistics of Surprise and Coincidence, Computational Linguistics 19(1), 1993), which holds for rare words too.
 * @param rest the counts of the other texts
 */
export function keyTerms(own: WordCounts, rest: WordCounts[], most: number): KeyTerm[] {
  const others = rest.reduce((sum, { texts }) => sum + texts, 0)
  if (others === 0) return []
  return Object.entries(own.words)
    .map(([word, texts]) => {
      const elsewhere = rest.reduce((sum, { words }) => sum + (words[word] ?? 0), 0)
      const isTelling = texts / own.texts > elsewhere / others
      return { word, texts, score: isTelling ? likelihoodRatio(texts, own.texts, elsewhere, others) : 0 }
    })
    .filter(({ score }) => score > significant)
    .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ word, texts }) => ({ word, texts }))
}

/** G² of `a` of `n` here against `b` of `m` elsewhere. */
function likelihoodRatio(a: number, n: number, b: number, m: number): number {
  const share = (a + b) / (n + m)
  const cells = [
    [a, n * share],
    [n - a, n * (1 - share)],
    [b, m * share],
    [m - b, m * (1 - share)],
  ] as const
  return (
    2 * cells.reduce((sum, [seen, expected]) => sum + (seen > 0 ? seen * Math.log(seen / expected) : 0), 0)
  )
}
