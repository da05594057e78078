import { and, eq, exists, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Query, Reads, Statement } from '../../atomically.ts'
import { filled } from '../../filled.ts'
import {
  type Answered,
  comments,
  isAnsweredBare,
  isAnsweredInWork,
  isOpenComment,
  isUnansweredComment,
  points,
  responseComments,
  responses,
  splits,
} from '../../schema/index.ts'

/*
 * How far a comment is answered follows from its answer or those of its points. It is kept in the lists that change them, so
 * that the few that are unanswered are found among a million that are answered.
 */

/** The condition that all that a comment says has an answer, in whatever state. */
export const hasAnswer: SQL = ne(comments.answered, 'none')

/** The condition that a comment was admitted and something that it says has no answer in any state. */
export const isUnanswered: SQL = isUnansweredComment

/** The condition that a comment was admitted and not all that it says has an approved answer. */
export const isOpen: SQL = isOpenComment

/** The condition that a comment was admitted and all that it says has an answer, of which not all are approved. */
export const isInWork: SQL = isAnsweredInWork

/** The condition that a comment was admitted and answered, by approved answers of which one has no 归纳. */
export const isBare: SQL = isAnsweredBare

/**
 * The condition that a comment was admitted and came to this outcome, by its own approved answer or by those of the points
 * that it was parted into: as the kept counters count it.
 */
export function cameTo(tx: Pick<Reads, 'select'>, outcome: string): SQL | undefined {
  const own = tx
    .select({ one: sql`1` })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(
      and(
        eq(responseComments.commentId, comments.id),
        eq(responses.state, 'approved'),
        eq(responses.outcome, outcome),
      ),
    )
    .limit(1)
  const parted = tx
    .select({ one: sql`1` })
    .from(splits)
    .where(and(eq(splits.commentId, comments.id), eq(splits.outcome, outcome)))
    .limit(1)
  // Not EXISTS: of two of them with an OR between PostgreSQL reads all that was ever answered or parted into memory.
  const isThere = or(sql`${own} is not null`, sql`${parted} is not null`)
  return and(inArray(comments.state, [...admittedStates]), isThere)
}

/** Comments by their ids, or all of which an answer or a concern has something. */
export type Meant = { comments: string[] } | { response: string } | { concern: string }

/** The statement that brings up to date how far these comments are answered. */
export function refreshAnswered(tx: Query, meant: Meant): Statement {
  const now = answeredNow(tx)
  return tx
    .update(comments)
    .set({ answered: now })
    .where(and(ofComment(tx, meant), ne(comments.answered, now)))
}

function ofComment(tx: Reads, meant: Meant): SQL | undefined {
  if ('comments' in meant) return inArray(comments.id, meant.comments)
  const ofPoints =
    'response' in meant ? eq(points.responseId, meant.response) : eq(points.concernId, meant.concern)
  const parted = tx.select({ id: points.commentId }).from(points).where(ofPoints)
  if ('concern' in meant) return inArray(comments.id, parted)
  const whole = tx
    .select({ id: responseComments.commentId })
    .from(responseComments)
    .where(eq(responseComments.responseId, meant.response))
  return or(inArray(comments.id, whole), inArray(comments.id, parted))
}

/** The statement after which a comment that has just come under an answer of its own is as far as this. */
export const refreshAlike = filled((tx: Query, { commentId }: { commentId: string }) =>
  tx
    .update(comments)
    .set({ answered: ofOwnAnswer(tx) })
    .where(and(eq(comments.id, commentId), eq(comments.answered, 'none'), exists(ownAnswer(tx, sql`1`)))),
)

/** How far a comment is answered, by its rows. */
export function answeredNow(tx: Reads): SQL<Answered> {
  const bare = tx
    .select({ one: sql`1` })
    .from(points)
    .innerJoin(responses, eq(responses.id, points.responseId))
    .where(and(eq(points.commentId, comments.id), sql`${responses.summary} is null`))
  const parted = tx
    .select({
      answered: sql`case when ${splits.unanswered} > 0 then 'none' when ${splits.outcome} is null then 'drafted'
        when ${exists(bare)} then 'bare' else 'approved' end`,
    })
    .from(splits)
    .where(and(eq(splits.commentId, comments.id), eq(splits.state, 'split')))
  return sql<Answered>`coalesce((${parted}), ${ofOwnAnswer(tx)}, 'none')`
}

function ofOwnAnswer(tx: Reads): SQL<Answered> {
  return sql<Answered>`(${ownAnswer(
    tx,
    sql`case when ${responses.state} = 'dropped' then 'none' when ${responses.state} <> 'approved' then 'drafted' when ${responses.summary} is null then 'bare' else 'approved' end`,
  )})`
}

function ownAnswer(tx: Reads, value: SQL) {
  return tx
    .select({ value })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(eq(responseComments.commentId, comments.id))
}
