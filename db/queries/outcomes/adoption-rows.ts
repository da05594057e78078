import { and, asc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments, type outcomeRows, points, responseCounts, responses } from '../../schema/index.ts'

export type AdoptionRow = Omit<typeof outcomeRows.$inferSelect, 'outcomeId' | 'position'>

/** The rows of the answers that have a 归纳, one for each clause that they answer on. */
export async function summaryRows(db: Database, consultationId: string): Promise<AdoptionRow[]> {
  const { id, summary, outcome, reason, correctedAt, correctionCause } = responses
  const { clause, count } = responseCounts
  const rows = await db.slow
    .select({ summary, outcome, reason, correctedAt, correctionCause, clause, count })
    .from(responses)
    .innerJoin(responseCounts, eq(responseCounts.responseId, id))
    .where(isSummarised(consultationId))
    .orderBy(asc(id), asc(clause))
  return rows.map(({ summary, ...row }) => ({
    ...{ commentId: null, pointId: null, author: '归纳', body: summary ?? '' },
    ...row,
  }))
}

/** The condition that an approved answer has a 归纳 and is for something that was admitted. */
export function isSummarised(consultationId: string) {
  return and(
    eq(responses.consultationId, consultationId),
    eq(responses.state, 'approved'),
    isNotNull(responses.summary),
    gt(responseCounts.count, 0),
  )
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
