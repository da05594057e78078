import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, points, responseComments, responses } from '../../schema/index.ts'

/** Something that was answered otherwise, on one of these clauses. */
export interface AnsweredElsewhere {
  responseId: string
  outcome: string
  text: string
}

/**
 * The newest that were given another outcome on these clauses, in whatever state: comments that are one point, and points.
 * @param most of each
 */
export async function answeredOtherwise(
  db: Database,
  consultationId: string,
  { id, outcome }: { id: string; outcome: string },
  clauses: string[],
  most: number,
): Promise<AnsweredElsewhere[]> {
  if (clauses.length === 0) return []
  const other = and(
    eq(responses.consultationId, consultationId),
    ne(responses.id, id),
    ne(responses.outcome, outcome),
    inArray(responses.state, ['submitted', 'approved']),
  )
  const [whole, parts] = await Promise.all([
    db.slow
      .select({ responseId: responses.id, outcome: responses.outcome, text: comments.body })
      .from(responses)
      .innerJoin(responseComments, eq(responseComments.responseId, responses.id))
      .innerJoin(comments, eq(comments.id, responseComments.commentId))
      .where(
        and(other, inArray(comments.clause, clauses), inArray(comments.state, ['published', 'withheld'])),
      )
      .orderBy(desc(responses.id))
      .limit(most),
    db.slow
      .select({
        responseId: responses.id,
        outcome: responses.outcome,
        text: sql<string>`substr(${comments.body}, ${points.start} + 1, ${points.end} - ${points.start})`,
      })
      .from(responses)
      .innerJoin(points, eq(points.responseId, responses.id))
      .innerJoin(comments, eq(comments.id, points.commentId))
      .where(and(other, inArray(points.clause, clauses), inArray(comments.state, ['published', 'withheld'])))
      .orderBy(desc(responses.id))
      .limit(most),
  ])
  return [...whole, ...parts]
}
