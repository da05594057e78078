import { and, asc, count, desc, eq, inArray, sql, sum } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import {
  arrivalCounts,
  comments,
  intakes,
  responseComments,
  responses,
  submissions,
} from '../../schema/index.ts'
import { type CountCell, countCells } from '../comments/aggregates.ts'

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
export async function channelCells(
  db: Database,
  consultationId: string,
): Promise<{ channel: string; comments: number; submissions: number; late: number }[]> {
  const { channel } = arrivalCounts
  const [arrived, late] = await Promise.all([
    db.query
      .select({
        channel,
        comments: sum(arrivalCounts.comments).mapWith(Number),
        submissions: sum(arrivalCounts.submissions).mapWith(Number),
      })
      .from(arrivalCounts)
      .where(eq(arrivalCounts.consultationId, consultationId))
      .groupBy(channel)
      .orderBy(asc(channel)),
    lateByChannel(db, consultationId),
  ])
  return arrived.map((row) => ({ ...row, late: late.get(row.channel) ?? 0 }))
}

async function lateByChannel(db: Database, consultationId: string): Promise<Map<string, number>> {
  const rows = await db.slow
    .select({ channel: submissions.channel, count: count() })
    .from(intakes)
    .innerJoin(submissions, eq(submissions.id, intakes.submissionId))
    .innerJoin(comments, eq(comments.submissionId, submissions.id))
    .where(and(sql`${intakes.late}`, eq(submissions.consultationId, consultationId)))
    .groupBy(submissions.channel)
  return new Map(rows.map((row) => [row.channel, row.count]))
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

/** How far a consultation's answers have come. */
export interface Progress {
  /** Its comments by clause, stance and state. */
  cells: CountCell[]
  /** Those with an approved answer. */
  answers: AnsweredCell[]
}

/** Both at once, for whatever counts from them. */
export async function progressOf(db: Database, consultationId: string): Promise<Progress> {
  const [cells, answers] = await Promise.all([
    countCells(db, consultationId),
    answeredCells(db, consultationId),
  ])
  return { cells, answers }
}
