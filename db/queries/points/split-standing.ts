import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { longPassage, noProposal } from '../../../server/rules/points/points.ts'
import type { Query, Reads, Statement } from '../../atomically.ts'
import { comments, points, responses, splits } from '../../schema/index.ts'
import { type Meant, refreshAnswered } from '../comments/answered.ts'

export const isAdmitted = inArray(comments.state, [...admittedStates])

export function ofSplit(tx: Reads, meant: Meant): SQL {
  return 'comments' in meant
    ? inArray(splits.commentId, meant.comments)
    : inArray(splits.commentId, withPoints(tx, meant))
}

export function ofPoint(tx: Reads, meant: Meant): SQL {
  return 'comments' in meant
    ? inArray(points.commentId, meant.comments)
    : inArray(points.commentId, withPoints(tx, meant))
}

function withPoints(tx: Reads, meant: { response: string } | { concern: string }) {
  const of = 'response' in meant ? eq(points.responseId, meant.response) : eq(points.concernId, meant.concern)
  return tx.select({ id: points.commentId }).from(points).where(of)
}

/** The statement that brings up to date what follows from these comments, their points and answers. */
export function refreshSplits(tx: Query, meant: Meant): Statement[] {
  return [tx.update(splits).set(standing(tx)).where(ofSplit(tx, meant)), refreshAnswered(tx, meant)]
}

/** A long passage asks for nothing once a second person has agreed. */
const isUnconfirmed = sql`(${points.kind} = 'no_proposal' and ${points.confirmedBy} is null
  and (${points.end} - ${points.start} > ${sql.raw(String(longPassage))} or ${points.end} - ${points.start} >= ${splits.length}))`
const isUnanswered = sql`(${points.kind} = 'point' and (${responses.id} is null or ${responses.state} = 'dropped'))`
const isUnapproved = sql`(${points.kind} = 'point' and (${responses.id} is null or ${responses.state} <> 'approved'))`

/** What follows from a comment, its points and their answers. */
export function standing(tx: Reads) {
  const here = tx
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.id, splits.commentId), isAdmitted))
  const ofItsPoints = (value: SQL) =>
    tx
      .select({ value })
      .from(points)
      .leftJoin(responses, eq(responses.id, points.responseId))
      .where(eq(points.commentId, splits.commentId))
  const unanswered = ofItsPoints(
    sql`coalesce(sum(case when ${isUnanswered} or ${isUnconfirmed} then 1 else 0 end), 0)`,
  )
  // Where some points got the one and some the other, the comment was not simply explained.
  const outcome = ofItsPoints(sql`case
    when count(*) = 0 or sum(case when ${isUnapproved} or ${isUnconfirmed} then 1 else 0 end) > 0 then null
    when count(${responses.id}) = 0 then ${sql.raw(`'${noProposal}'`)}
    when min(${responses.outcome}) = max(${responses.outcome}) then min(${responses.outcome})
    when sum(case when ${responses.outcome} in ('adopted', 'partly_adopted') then 1 else 0 end) > 0 then 'partly_adopted'
    else 'not_adopted' end`)
  return {
    isOpen: sql<boolean>`((${splits.state} = 'waiting' or (${splits.state} = 'split' and ${splits.uncovered} > 0)) and ${exists(here)})`,
    unanswered: sql<number>`(${unanswered})`,
    outcome: sql<
      string | null
    >`(case when ${splits.state} = 'split' and ${splits.uncovered} = 0 then (${outcome}) end)`,
  }
}
