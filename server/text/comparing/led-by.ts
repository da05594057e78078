import { changedSentences, ledSentences } from './changed-sentences.ts'
import type { Difference } from './differences.ts'
import { editsOfAll } from './merging.ts'
import type { ProposedWording } from './proposed-difference.ts'

/** What led to other words: comments, with what each wanted to read, and the concerns into which they were gathered. */
interface Behind<Comment, Concern> {
  comments: readonly Comment[]
  concerns: readonly Concern[]
}

/** A changed sentence with what led to it; without `pieces` what led to the clause as a whole. */
export interface Led<Comment, Concern> {
  pieces: Difference[] | null
  comments: Comment[]
  concerns: Concern[]
}

/**
 * What led to each changed sentence of a clause, in its order, then what led to all of them. Where one sentence changed alone
 * all led to that; one to which nothing led is not there.
 */
export function ledBy<
  Comment extends { wordings: readonly ProposedWording[]; concerns: readonly string[] },
  Concern extends { id: string },
>(before: string, found: readonly Difference[], behind: Behind<Comment, Concern>): Led<Comment, Concern>[] {
  return everyLed(before, found, behind).filter(
    ({ comments, concerns }) => comments.length + concerns.length > 0,
  )
}

/**
 * The same with every changed sentence, whether anything led to it or not.
 * @param before the old text @param found what is different in the new one
 */
export function everyLed<
  Comment extends { wordings: readonly ProposedWording[]; concerns: readonly string[] },
  Concern extends { id: string },
>(
  before: string,
  found: readonly Difference[],
  { comments, concerns }: Behind<Comment, Concern>,
): Led<Comment, Concern>[] {
  const sources = [
    ...comments.map((comment) => ({
      comment,
      concern: null,
      edits: editsOfAll(before, comment.wordings),
    })),
    ...concerns.map((concern) => ({
      comment: null,
      concern,
      edits: comments
        .filter((comment) => comment.concerns.includes(concern.id))
        .flatMap(({ wordings }) => editsOfAll(before, wordings)),
    })),
  ]
  const { sentences, whole } = ledSentences(changedSentences(found), sources)
  const [only, ...more] = sentences
  const places =
    only && more.length === 0 ? [{ ...only, sources }] : [...sentences, { pieces: null, sources: whole }]
  return places.map(({ pieces, sources }) => ({
    pieces,
    comments: sources.flatMap(({ comment }) => comment ?? []),
    concerns: sources.flatMap(({ concern }) => concern ?? []),
  }))
}
