import { and, asc, count, eq, inArray, isNotNull, sql, sum } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Reads } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, type outcomeRows, points, responseComments, responses } from '../../schema/index.ts'

export type AdoptionRow = Omit<typeof outcomeRows.$inferSelect, 'outcomeId' | 'position'>

/** The rows of the answers that have a 归纳, one for each clause that they answer on. */
export async function summaryRows(db: Database, consultationId: string): Promise<AdoptionRow[]> {
  const { id, summary, outcome, reason, correctedAt, correctionCause } = responses
  const counted = summarised(db.slow, consultationId)
  const rows = await db.slow
    .select({
      id,
      summary,
      outcome,
      reason,
      correctedAt,
      correctionCause,
      clause: counted.clause,
      count: sum(counted.count).mapWith(Number),
    })
    .from(counted)
    .innerJoin(responses, eq(id, counted.responseId))
    .groupBy(id, summary, outcome, reason, correctedAt, correctionCause, counted.clause)
    .orderBy(asc(id))
  return rows.map((row) => ({
    clause: row.clause,
    commentId: null,
    pointId: null,
    author: '归纳',
    body: row.summary ?? '',
    count: row.count,
    outcome: row.outcome,
    reason: row.reason,
    correctedAt: row.correctedAt,
    correctionCause: row.correctionCause,
  }))
}

/** How many points each 归纳 has on each clause: comments that are one point, and the points of those that were split. */
export function summarised(tx: Reads, consultationId: string, clause?: string) {
  const here = (column: typeof comments.clause | typeof points.clause) =>
    and(
      inForce(consultationId),
      isNotNull(responses.summary),
      clause === undefined ? undefined : eq(column, clause),
    )
  const whole = tx
    .select({ responseId: responses.id, clause: comments.clause, count: count().as('count') })
    .from(responses)
    .innerJoin(responseComments, eq(responseComments.responseId, responses.id))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(here(comments.clause))
    .groupBy(responses.id, comments.clause)
  const parted = tx
    .select({ responseId: responses.id, clause: points.clause, count: count().as('count') })
    .from(responses)
    .innerJoin(points, eq(points.responseId, responses.id))
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(here(points.clause))
    .groupBy(responses.id, points.clause)
  return whole.unionAll(parted).as('summarised')
}

/** The words of a point, of its comment as it stands. */
export const pointWords = sql<string>`substr(${comments.body}, ${points.start} + 1, ${points.end} - ${points.start})`

/** Approved answers to comments that are still admitted. */
export function inForce(consultationId: string) {
  return and(
    eq(responses.consultationId, consultationId),
    eq(responses.state, 'approved'),
    inArray(comments.state, [...admittedStates]),
  )
}
