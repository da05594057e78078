import type { Region } from '../rules/consultations/regions.ts'
import { type CommentText, type MarkedSpan, proposedSpans } from '../rules/moderation/redactions.ts'
import type { Known } from '../rules/personal-data/finding.ts'
import { type DraftBases, draftBases } from '../text/briefing/bases.ts'
import { type ReadSentences, readSentences } from '../text/briefing/read-sentences.ts'
import type { Section } from '../text/briefing/section.ts'
import { type Summed, summed } from '../text/briefing/summed.ts'
import { bandsOf, jaccard, letters, shingles } from '../text/comparing/fingerprints.ts'
import { everyPassage, passagesOf, sharedLetters } from '../text/comparing/passages.ts'
import { type Candidates, candidatesOf, type ReadPoint, subjectsOf } from '../text/sorting/candidates.ts'
import { type Learnt, type Proposal, propose } from '../text/sorting/learner.ts'
import { draftWords, placeWords } from '../text/words/draft-words.ts'
import { wordsOf } from '../text/words/key-terms.ts'
import { newWords } from '../text/words/new-words.ts'
import { wordCutter } from '../text/words/word-cutter.ts'

/** What texts are known by that are compared. */
export interface Fingerprint {
  bands: string[]
  passages: Int32Array
}

/** Of several texts the one that is most like another. */
export interface Likest {
  place: number
  /** From 0 to 1. */
  similarity: number
  /** Whether they are the same to the letter. */
  identical: boolean
}

/** What is made of the words that somebody sent, in a thread of its own: whatever they wrote, it keeps nobody waiting. */
export const textWork = {
  /** What a comment seems to hold of personal data. @param known of persons whom it may name */
  examine(comment: CommentText, known?: Known): MarkedSpan[] {
    return proposedSpans(comment, known)
  },
  fingerprint(text: string): Fingerprint {
    return { bands: bandsOf(shingles(text)), passages: passagesOf(text) }
  },
  /** All passages of a draft and of what is said with it. */
  draftPassages(texts: readonly string[]): Int32Array {
    return everyPassage(texts)
  },
  /** The text that is most like this one, the first of equals; null where there is none. */
  likest(text: string, others: readonly string[]): Likest | null {
    const runs = shingles(text)
    const [best] = others
      .map((other, place) => ({ place, similarity: jaccard(runs, shingles(other)) }))
      .sort((a, b) => b.similarity - a.similarity)
    if (!best) return null
    return { ...best, identical: letters(text).join('') === letters(others[best.place] ?? '').join('') }
  },
  /** The text with which this one has most letters in common, the first of equals; null where none has a letter in common. */
  sharing(text: string, others: readonly string[], draft: Int32Array): Likest | null {
    const [best] = others
      .map((other, place) => ({ place, shared: sharedLetters(text, other, draft) }))
      .filter(({ shared }) => shared > 0)
      .sort((a, b) => b.shared - a.shared)
    if (!best) return null
    const similarity = jaccard(shingles(text), shingles(others[best.place] ?? ''))
    return { place: best.place, similarity, identical: false }
  },
  /** The different words of a text, those listed besides those of every day. */
  words(text: string, listed: readonly string[]): Set<string> {
    return wordsOf(text, wordCutter(listed))
  },
  /** The words that several of these texts have and no list. */
  discovered(texts: readonly string[]): string[] {
    return newWords(texts).map(({ word }) => word)
  },
  /** The words that a draft gives, and its places. */
  listed(texts: readonly string[], regions: readonly Region[]): string[] {
    return [...draftWords(texts), ...placeWords(regions)]
  },
  /** The themes that many of these speak of. */
  candidates(points: readonly ReadPoint[], listed: readonly string[]): Candidates {
    return candidatesOf(points, listed)
  },
  /** What each text is about, where nobody has put it under a theme. */
  subjects(texts: readonly string[], listed: readonly string[]): Int32Array {
    return subjectsOf(texts, listed)
  },
  /** The figures, laws and places that are a draft's own. */
  draftBases(texts: readonly string[]): DraftBases {
    return draftBases(texts)
  },
  /** The sentences of texts, with what is read of each. */
  sentences(texts: readonly string[], known: Parameters<typeof readSentences>[1]): ReadSentences {
    return readSentences(texts, known)
  },
  /** What is quoted of a part of what was said. */
  summed(section: Section, most: Parameters<typeof summed>[1]): Summed {
    return summed(section, most)
  },
  /** Under which theme each of the others belongs. */
  propose(learnt: Learnt): Proposal[] {
    return propose(learnt)
  },
}
export type TextWork = typeof textWork

/** What a thread is asked: the name of what is to be done, and what it is done with. */
export interface TextQuestion {
  name: keyof TextWork
  given: unknown[]
}

export type TextAnswer = { made: unknown } | { error: unknown }
