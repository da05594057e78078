import { and, eq, notInArray } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Arrangement, uncoveredSentences } from '../../../server/rules/points/arrangement.ts'
import { carried, type OfTouched } from '../../../server/rules/points/carried.ts'
import { isLetter, type Letters, manyCuts } from '../../../server/rules/points/letters.ts'
import { differences } from '../../../server/text/comparing/differences.ts'
import { clauseFinder } from '../../../server/text/cutting/clause-finder.ts'
import { letterSentences, mostSentences } from '../../../server/text/cutting/letter-sentences.ts'
import { cutsWith } from '../../../server/text/cutting/proposed-cuts.ts'
import type { Query, Statement } from '../../atomically.ts'
import { points, splits } from '../../schema/index.ts'
import { stillProposes, textOf } from './proposing.ts'
import { countSplits } from './split-counts.ts'
import { refreshSplits } from './split-standing.ts'

/**
 * The statements that carry a comment's points into its new words, for the list that stores these.
 * @param ofTouched what becomes of those that the change touched
 */
export function carryPoints(
  tx: Query,
  commentId: string,
  arrangement: Arrangement | null,
  { before, after, ofTouched }: { before: string; after: string; ofTouched: OfTouched },
): Statement[] {
  if (arrangement === null || before === after) return []
  const now = carried(arrangement, differences(before, after), ofTouched)
  const kept = now.map(({ id }) => id)
  return [
    tx
      .delete(points)
      .where(and(eq(points.commentId, commentId), kept.length > 0 ? notInArray(points.id, kept) : undefined)),
    ...now.map(({ id, start, end, concernId, responseId, confirmedBy }) =>
      tx
        .update(points)
        .set({
          ...{ start, end, concernId, responseId, confirmedBy },
          proposes: stillProposes(textOf(after, { start, end })),
        })
        .where(eq(points.id, id)),
    ),
    tx
      .update(splits)
      .set({
        length: [...after].length,
        uncovered: uncoveredSentences(after, letterSentences(after), now),
        before: null,
      })
      .where(eq(splits.commentId, commentId)),
    ...refreshSplits(tx, { comments: [commentId] }),
  ]
}

/** A comment as it is judged. */
interface Judged {
  id: string
  consultationId: string
  /** null where nobody has parted it and it waits for nobody. */
  splitRevision: number | null
  letters: Letters | null
}

/**
 * The statements after which a comment that has just been judged stands as a letter that waits to be parted, where it is one,
 * and its points count, where it has some.
 * @param body as it stands from now on; `isCopy`: it has just got the points of the one of which it is a copy
 */
export function letterJudged(
  tx: Query,
  { id, consultationId, splitRevision, letters }: Judged,
  { state, body, isCopy }: { state: string; body: string; isCopy: boolean },
  updatedAt: Date,
): Statement[] {
  if (splitRevision !== null || isCopy) return countSplits(tx, { comments: [id] })
  const admitted: readonly string[] = admittedStates
  const length = [...body].length
  if (!admitted.includes(state) || !isLetter(length, pointsProposed(body), letters)) return []
  return [
    tx
      .insert(splits)
      .values({
        ...{ commentId: id, consultationId, state: 'waiting', length, uncovered: 0, before: null },
        ...{ staffId: null, updatedAt, revision: 1, isOpen: true, unanswered: 0, outcome: null },
      })
      .onConflictDoNothing(),
  ]
}

/** Where only their number matters, no clause needs to be found. */
const noClauses = clauseFinder([])

function pointsProposed(body: string): number {
  if (mostSentences(body) < manyCuts) return 0
  return cutsWith(body, noClauses).filter(({ kind }) => kind === 'point').length
}

/** The statements after which nothing is left of a comment's points; it is withdrawn, or its words are sealed. */
export function forgetPoints(tx: Query, commentId: string): Statement[] {
  return [
    tx.delete(points).where(eq(points.commentId, commentId)),
    tx.delete(splits).where(eq(splits.commentId, commentId)),
  ]
}
