import {
  and,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  notExists,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Reads } from '../../atomically.ts'
import { comments, points, responseComments, responses, splits } from '../../schema/index.ts'

type Select = Pick<Reads, 'select'>

const isAdmitted = inArray(comments.state, [...admittedStates])

/** The condition that a comment was admitted and that not all it says has an approved answer. */
export function isOpen(tx: Select): SQL | undefined {
  return and(isAdmitted, withoutApproved(tx, comments.id))
}

/** The condition that not all that a comment says has an approved answer. @param commentId the column of the comment's id */
export function withoutApproved(tx: Select, commentId: SQLWrapper): SQL | undefined {
  const parted = tx
    .select({ one: sql`1` })
    .from(splits)
    .where(and(eq(splits.commentId, commentId), isNotNull(splits.outcome)))
  return and(notExists(approvedAnswer(tx, commentId)), notExists(parted))
}

/** The condition that a comment was admitted and an approved answer to it or to a point of it has no 归纳. */
export function isBare(tx: Select): SQL | undefined {
  const ofPoint = tx
    .select({ one: sql`1` })
    .from(points)
    .innerJoin(responses, eq(responses.id, points.responseId))
    .where(and(eq(points.commentId, comments.id), eq(responses.state, 'approved'), isNull(responses.summary)))
  const ofComment = approvedAnswer(tx, comments.id, isNull(responses.summary))
  return and(isAdmitted, or(exists(ofComment), exists(ofPoint)))
}

function approvedAnswer(tx: Select, commentId: SQLWrapper, condition?: SQL) {
  return tx
    .select({ one: sql`1` })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(and(eq(responseComments.commentId, commentId), eq(responses.state, 'approved'), condition))
}
