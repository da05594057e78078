import type { PublicAnswer } from '../../../db/queries/answers/public-answers.ts'
import type { PublishedComment } from '../../../db/queries/comments/published-comments.ts'
import { type Day, shanghaiDay } from '../../rules/days.ts'
import type { Quote } from '../../text/words/quotes.ts'
import { excerpt, splitSentences } from '../../text/words/sentences.ts'

/** A published comment as views/public/_comment.eta shows it. */
export interface ShownComment extends Omit<PublishedComment, 'createdAt' | 'publishedAt' | 'quote'> {
  quote: string | null
  /** How it begins: what tells its buttons from those of others to whoever hears the page. */
  opening: string
  /** When it came in. */
  day: Day
  /** Where its quoted sentence begins in its clause: the id of that sentence is `s` and this number. */
  quoteAt: number | null
  /** What its clause is called; null where the page is that clause's own. */
  clauseName: string | null
  /** What became of it; null before the outcome is out, and where the page does not tell. */
  answer: PublicAnswer | null
}

/** @param text the text of its clause now; null where it has none, or where it need not lead there */
export function shownComment(
  comment: PublishedComment,
  clauseName: string | null = null,
  text: string | null = null,
  answer: PublicAnswer | null = null,
): ShownComment {
  const { createdAt, publishedAt: _, quote, ...rest } = comment
  return {
    ...rest,
    quote: quote?.exact ?? null,
    opening: excerpt(comment.body, 20),
    quoteAt: quote && text ? sentenceHolding(text, quote) : null,
    day: shanghaiDay(createdAt),
    clauseName,
    answer,
  }
}

/** The start of the sentence that holds a quote; null where a later round no longer has these words there. */
function sentenceHolding(text: string, { start, exact }: Quote): number | null {
  const isThere = [...text].slice(start).join('').startsWith(exact)
  return isThere ? (splitSentences(text).find(({ end }) => end > start)?.start ?? null) : null
}
