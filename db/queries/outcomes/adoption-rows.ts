import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments, type outcomeRows, responseComments, responses } from '../../schema/index.ts'

export type AdoptionRow = Omit<typeof outcomeRows.$inferSelect, 'outcomeId' | 'position'>

/** The rows of the answers that have a 归纳, one for each clause that they answer on. */
export async function summaryRows(db: Database, consultationId: string): Promise<AdoptionRow[]> {
  const { id, summary, outcome, reason } = responses
  const rows = await db.query
    .select({ id, summary, outcome, reason, clause: comments.clause, count: count() })
    .from(responses)
    .innerJoin(responseComments, eq(responseComments.responseId, id))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(and(inForce(consultationId), sql`${summary} is not null`))
    .groupBy(id, summary, outcome, reason, comments.clause)
    .orderBy(asc(id))
  return rows.map((row) => ({
    clause: row.clause,
    commentId: null,
    author: '归纳',
    body: row.summary ?? '',
    count: row.count,
    outcome: row.outcome,
    reason: row.reason,
  }))
}

/** Approved answers to comments that are still admitted. */
export function inForce(consultationId: string) {
  return and(
    eq(responses.consultationId, consultationId),
    eq(responses.state, 'approved'),
    inArray(comments.state, [...admittedStates]),
  )
}
