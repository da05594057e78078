import { and, count, countDistinct, desc, eq, inArray, sql } from 'drizzle-orm'
import { admittedStates } from '../../server/rules/responses.ts'
import type { Database } from '../open.ts'
import { comments, intakes, responseComments, responses, submissions } from '../schema/index.ts'

/** How many admitted comments of a clause have an approved answer of each outcome. */
export interface AnsweredCell {
  clause: string
  outcome: string
  count: number
}

/** Answers in force: approved ones, to comments that are still admitted. */
export function answeredCells(db: Database, consultationId: string): Promise<AnsweredCell[]> {
  return db.slow
    .select({ clause: comments.clause, outcome: responses.outcome, count: count() })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(
      and(
        eq(responses.consultationId, consultationId),
        eq(responses.state, 'approved'),
        inArray(comments.state, [...admittedStates]),
      ),
    )
    .groupBy(comments.clause, responses.outcome)
}

/** How many comments came in by each channel, in how many submissions (人次), and how many of them after closing (逾期). */
export function channelCells(
  db: Database,
  consultationId: string,
): Promise<{ channel: string; comments: number; submissions: number; late: number }[]> {
  return db.slow
    .select({
      channel: submissions.channel,
      comments: count(comments.id),
      submissions: countDistinct(submissions.id),
      late: sql`sum(case when ${intakes.late} then 1 else 0 end)`.mapWith(Number),
    })
    .from(submissions)
    .innerJoin(comments, eq(comments.submissionId, submissions.id))
    .leftJoin(intakes, eq(intakes.submissionId, submissions.id))
    .where(eq(submissions.consultationId, consultationId))
    .groupBy(submissions.channel)
}

/** 人次: how many submissions came in. Without accounts people cannot be counted. */
export function countSubmissions(db: Database, consultationId: string): Promise<number> {
  return db.slow.$count(submissions, eq(submissions.consultationId, consultationId))
}

/** The reasons of approved answers with how many comments got each, the most first. */
export function mainReasons(
  db: Database,
  consultationId: string,
  limit: number,
): Promise<{ outcome: string; reason: string; count: number }[]> {
  const { outcome, reason } = responses
  const given = count(responseComments.commentId)
  return db.slow
    .select({ outcome, reason, count: given })
    .from(responses)
    .innerJoin(responseComments, eq(responseComments.responseId, responses.id))
    .where(and(eq(responses.consultationId, consultationId), eq(responses.state, 'approved')))
    .groupBy(outcome, reason)
    .orderBy(desc(given))
    .limit(limit)
}
