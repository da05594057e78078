import type { Behind, CommentBehind } from '../../../db/queries/wordings/wordings-behind.ts'
import type { ComparedRow } from '../../documents/papers/comparison.ts'
import type { Difference } from '../../text/comparing/differences.ts'
import { ledBy } from '../../text/comparing/led-by.ts'

/** A changed sentence with what led to it; without pieces what led to all of the clause. */
export interface ShownLed {
  pieces: Difference[] | null
  concerns: { path: string; sentence: string }[]
  /** The comments that the public may read, numbered within the clause. */
  comments: { path: string; number: number }[]
  /** How many more there are that are not shown. */
  others: number
  /** How many published ones are not listed here. */
  more: number
}

/** How much the public may see. */
interface Sight {
  slug: string
  /** Comments are shown one by one. */
  isShown: boolean
  /** The office's sentences are. */
  isToldOf: boolean
}

const mostComments = 50

/** What led to a clause's new words, sentence by sentence. @param behind each wording that it had between the two rounds */
export function ledTo(row: ComparedRow, behind: Behind[], { slug, isShown, isToldOf }: Sight): ShownLed[] {
  const all: Behind = {
    comments: distinct(
      behind.flatMap(({ comments }) => comments),
      ({ publicId }) => publicId,
    ),
    concerns: isToldOf
      ? distinct(
          behind.flatMap(({ concerns }) => concerns),
          ({ id }) => id,
        )
      : [],
  }
  const base = `/consultations/${slug}`
  const isListed = ({ isPublished }: CommentBehind) => isShown && isPublished
  const listed = all.comments.filter(isListed)
  const numbers = new Map(listed.map(({ publicId }, place) => [publicId, place + 1]))
  return ledBy(...wordsOf(row), all).map(({ pieces, comments, concerns }) => {
    const own = comments.filter(isListed)
    return {
      pieces,
      concerns: concerns.map(({ id, sentence }) => ({ path: `${base}/concerns/${id}`, sentence })),
      comments: own.slice(0, mostComments).map(({ publicId }) => ({
        path: `${base}/comments/${publicId}`,
        number: numbers.get(publicId) ?? 0,
      })),
      others: comments.length - own.length,
      more: Math.max(0, own.length - mostComments),
    }
  })
}

/** The old words of a clause, and what is different in the new ones. */
function wordsOf(row: ComparedRow): [before: string, found: Difference[]] {
  if (row.kind !== 'clause') return ['', []]
  return [row.old.map(({ text }) => text).join(''), row.differences]
}

function distinct<One>(all: One[], keyOf: (one: One) => string): One[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()]
}
