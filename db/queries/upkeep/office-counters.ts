import { and, count, eq, getTableColumns, inArray, isNotNull, isNull, lte, max, ne, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import {
  answerCounts,
  arrivalDays,
  comments,
  endorsedClauses,
  endorsements,
  points,
  responseComments,
  responseCounts,
  responses,
  splits,
} from '../../schema/index.ts'
import type { Count } from './counters.ts'

/* The counters that only the office's pages read. */

export interface DayCell {
  consultationId: string
  day: string
}

export interface ClauseCell {
  consultationId: string
  clause: string
}

export interface ReachedCell {
  responseId: string
  clause: string
}

export interface AnswerCell extends ClauseCell {
  outcome: string
}

/** Every comment of a day that is kept, or before one that is. */
export function countedDays({ query }: Database): Promise<Count<DayCell>[]> {
  const { consultationId, day } = arrivalDays
  const last = query
    .select({ consultationId, day: max(day).as('last_day') })
    .from(arrivalDays)
    .groupBy(consultationId)
    .as('last')
  const cell = { consultationId: comments.consultationId, day: comments.createdDay }
  return query
    .select({ cell, count: count() })
    .from(comments)
    .innerJoin(last, and(eq(last.consultationId, cell.consultationId), lte(cell.day, last.day)))
    .groupBy(...Object.values(cell))
}

/** What the counters say of days. */
export function keptDays({ query }: Database): Promise<Count<DayCell>[]> {
  const { comments: count, ...cell } = getTableColumns(arrivalDays)
  return query.select({ cell, count }).from(arrivalDays)
}

/** Every endorsement that stands with a comment that was not withdrawn, by the comment's clause. */
export function countedClauses({ query }: Database): Promise<Count<ClauseCell>[]> {
  const { consultationId, clause } = comments
  return query
    .select({ cell: { consultationId, clause }, count: count() })
    .from(endorsements)
    .innerJoin(comments, eq(comments.id, endorsements.commentId))
    .where(standing)
    .groupBy(consultationId, clause)
}

export const standing = and(isNull(endorsements.withdrawnAt), ne(comments.state, 'withdrawn'))

/** What the counters say of endorsements by clause. */
export function keptClauses({ query }: Database): Promise<Count<ClauseCell>[]> {
  const { count, ...cell } = getTableColumns(endorsedClauses)
  return query.select({ cell, count }).from(endorsedClauses)
}

/** Every admitted comment with an approved answer, by clause and outcome; one that was split once all its points have one. */
export async function countedAnswers(db: Database): Promise<Count<AnswerCell>[]> {
  return [...(await countedWhole(db)), ...(await countedParted(db))]
}

function countedWhole({ query }: Database): Promise<Count<AnswerCell>[]> {
  const cell = {
    consultationId: responses.consultationId,
    clause: comments.clause,
    outcome: responses.outcome,
  }
  return query
    .select({ cell, count: count() })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(isAnswered)
    .groupBy(...Object.values(cell))
}

function countedParted({ query }: Database): Promise<Count<AnswerCell>[]> {
  const { consultationId, outcome } = splits
  const cell = { consultationId, clause: comments.clause, outcome: sql<string>`${outcome}` }
  return query
    .select({ cell, count: count() })
    .from(splits)
    .innerJoin(comments, eq(comments.id, splits.commentId))
    .where(isParted)
    .groupBy(consultationId, comments.clause, outcome)
}

export const isParted = and(isNotNull(splits.outcome), inArray(comments.state, [...admittedStates]))

/** Every point of an admitted comment that an approved answer is for, by the answer and the clause. */
export async function countedReached(db: Database): Promise<Count<ReachedCell>[]> {
  return [...(await reachedWhole(db)), ...(await reachedPoints(db))]
}

function reachedWhole({ query }: Database): Promise<Count<ReachedCell>[]> {
  const cell = { responseId: responses.id, clause: comments.clause }
  return query
    .select({ cell, count: count() })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(isAnswered)
    .groupBy(...Object.values(cell))
}

function reachedPoints({ query }: Database): Promise<Count<ReachedCell>[]> {
  const cell = { responseId: responses.id, clause: points.clause }
  return query
    .select({ cell, count: count() })
    .from(points)
    .innerJoin(responses, eq(responses.id, points.responseId))
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(eq(points.kind, 'point'), isAnswered))
    .groupBy(...Object.values(cell))
}

/** What the answers' counters say of it. */
export function keptReached({ query }: Database): Promise<Count<ReachedCell>[]> {
  const { count, ...cell } = getTableColumns(responseCounts)
  return query.select({ cell, count }).from(responseCounts)
}

/** What the counters say of answers. */
export function keptAnswers({ query }: Database): Promise<Count<AnswerCell>[]> {
  const { count, ...cell } = getTableColumns(answerCounts)
  return query.select({ cell, count }).from(answerCounts)
}

export const isAnswered = and(eq(responses.state, 'approved'), inArray(comments.state, [...admittedStates]))
