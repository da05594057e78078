import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm'
import { admittedStates } from '../../server/rules/responses.ts'
import type { Database } from '../open.ts'
import { comments, type outcomeRows, responseComments, responses, submissions } from '../schema/index.ts'

export type AdoptionRow = Omit<typeof outcomeRows.$inferSelect, 'outcomeId' | 'position'>

/**
 * The adoption table from the approved answers: a row for each published comment, or one for all that an answer with a
 * 归纳 is for. Rows are in the order in which the comments came in; the caller puts the clauses in order.
 */
export async function adoptionRows(db: Database, consultationId: string): Promise<AdoptionRow[]> {
  const [summarised, single] = await Promise.all([
    summaryRows(db, consultationId),
    commentRows(db, consultationId),
  ])
  return [...summarised, ...single]
}

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

async function commentRows(db: Database, consultationId: string): Promise<AdoptionRow[]> {
  const rows = await db.query
    .select({
      clause: comments.clause,
      commentId: comments.id,
      author: submissions.maskedName,
      body: comments.body,
      outcome: responses.outcome,
      reason: responses.reason,
    })
    .from(responses)
    .innerJoin(responseComments, eq(responseComments.responseId, responses.id))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(and(inForce(consultationId), isNull(responses.summary), eq(comments.state, 'published')))
    .orderBy(asc(comments.id))
  return rows.map((row) => ({ ...row, author: row.author ?? '未署名', count: 1 }))
}

/** Approved answers to comments that are still admitted. */
export function inForce(consultationId: string) {
  return and(
    eq(responses.consultationId, consultationId),
    eq(responses.state, 'approved'),
    inArray(comments.state, [...admittedStates]),
  )
}
