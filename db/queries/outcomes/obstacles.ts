import { and, count, eq, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { usualLetters } from '../../../server/rules/points/letters.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, points, responseComments, responses, splits } from '../../schema/index.ts'
import type { Progress } from '../answers/progress.ts'
import type { Consultation } from '../consultations/consultations.ts'
import { countOpenLetters, isOpen } from '../points/splits.ts'

/** What stands between a consultation and its outcome; all must be 0. */
export interface Obstacles {
  pending: number
  /** Letters that nobody has parted (待梳理), or of which a sentence is without account. */
  unparted: number
  unanswered: number
  /** Admitted comments that the public does not see, answered without a 归纳. */
  unsummarised: number
}

/** What stands in the way now, for the page: from the kept counters where they know it. */
export async function obstacles(
  db: Database,
  { id, publicationPolicy }: Pick<Consultation, 'id' | 'publicationPolicy'>,
  { cells, answers }: Progress,
): Promise<Obstacles> {
  const [bare] = await db.slow
    .select({ count: count() })
    .from(comments)
    .where(and(eq(comments.consultationId, id), unsummarisedComment(db.slow, id, publicationPolicy)))
  const sum = (rows: { count: number }[]) => rows.reduce((total, row) => total + row.count, 0)
  const admitted: readonly string[] = admittedStates
  return {
    pending: sum(cells.filter(({ state }) => state === 'pending')),
    unparted: await countOpenLetters(db, id),
    unanswered: sum(cells.filter(({ state }) => admitted.includes(state))) - sum(answers),
    unsummarised: bare?.count ?? 0,
  }
}

/** The condition under which nothing stands in the way: for the list that publishes, counted from the comments. */
export function nothingInTheWay(
  tx: Pick<Query, 'select'>,
  {
    id: consultationId,
    publicationPolicy,
    letters,
  }: Pick<Consultation, 'id' | 'publicationPolicy' | 'letters'>,
) {
  const open = tx.select({ one: sql`1` }).from(splits).where(isOpen(consultationId))
  const comment = notExists(
    tx
      .select({ one: sql`1` })
      .from(comments)
      .where(
        and(
          eq(comments.consultationId, consultationId),
          or(
            eq(comments.state, 'pending'),
            unansweredComment(tx),
            unsummarisedComment(tx, consultationId, publicationPolicy),
          ),
        ),
      ),
  )
  return (letters ?? usualLetters).bars ? and(comment, notExists(open)) : comment
}

function unansweredComment(tx: Pick<Query, 'select'>) {
  const answer = tx
    .select({ one: sql`1` })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(and(eq(responseComments.commentId, comments.id), eq(responses.state, 'approved')))
  const parted = tx
    .select({ one: sql`1` })
    .from(splits)
    .where(and(eq(splits.commentId, comments.id), isNotNull(splits.outcome)))
  return and(inArray(comments.state, [...admittedStates]), notExists(answer), notExists(parted))
}

/** Where the consultation shows no comment by itself, every one of them has to be summed up. */
function unsummarisedComment(tx: Pick<Query, 'select'>, consultationId: string, publicationPolicy: string) {
  const unseen = publicationPolicy === 'outcome_only' ? [...admittedStates] : ['withheld']
  const bare = tx
    .select({ id: responseComments.commentId })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(
      and(
        eq(responses.consultationId, consultationId),
        eq(responses.state, 'approved'),
        isNull(responses.summary),
      ),
    )
  const bareParts = tx
    .select({ id: points.commentId })
    .from(points)
    .innerJoin(responses, eq(responses.id, points.responseId))
    .where(
      and(
        eq(responses.consultationId, consultationId),
        eq(responses.state, 'approved'),
        isNull(responses.summary),
      ),
    )
  return and(inArray(comments.state, unseen), or(inArray(comments.id, bare), inArray(comments.id, bareParts)))
}
