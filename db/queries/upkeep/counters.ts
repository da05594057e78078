import { and, count, eq, exists, getTableColumns, isNull, lt, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reads } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  arrivalCounts,
  campaignMembers,
  campaigns,
  commentCounts,
  comments,
  endorsementCounts,
  endorsements,
  intakes,
  submissions,
} from '../../schema/index.ts'
import type { ArrivalCell } from '../comments/arrival-counts.ts'
import type { CommentCell } from '../comments/comment-counts.ts'

/** How many of what is counted fall into one cell. */
export interface Count<Cell> {
  cell: Cell
  count: number
}

/** Every comment, by its cell. */
export function countedComments(db: Database): Promise<Count<CommentCell>[]> {
  const { consultationId, clause, stance, state } = comments
  const cell = { consultationId, clause, stance, state }
  return db.query
    .select({ cell, count: count() })
    .from(comments)
    .groupBy(...Object.values(cell))
}

/** What the counters say of comments. */
export function keptComments(db: Database): Promise<Count<CommentCell>[]> {
  const { count, ...cell } = getTableColumns(commentCounts)
  return db.query.select({ cell, count }).from(commentCounts)
}

/** Every endorsement that stands, by its comment. */
export function countedEndorsements(db: Database): Promise<Count<{ id: string }>[]> {
  return db.query
    .select({ cell: { id: endorsements.commentId }, count: count() })
    .from(endorsements)
    .where(isNull(endorsements.withdrawnAt))
    .groupBy(endorsements.commentId)
}

/** What the counters say of endorsements. */
export function keptEndorsements(db: Database): Promise<Count<{ id: string }>[]> {
  const { commentId: id, count } = endorsementCounts
  return db.query.select({ cell: { id }, count }).from(endorsementCounts)
}

/** Every comment that a campaign still has, by the campaign. */
export function countedMembers(db: Database): Promise<Count<{ id: string }>[]> {
  return db.query
    .select({ cell: { id: campaignMembers.campaignId }, count: count() })
    .from(campaignMembers)
    .where(eq(campaignMembers.takenOut, false))
    .groupBy(campaignMembers.campaignId)
}

/** What the campaigns' counters say of them. */
export function keptMembers(db: Database): Promise<Count<{ id: string }>[]> {
  const { id, count } = campaigns
  return db.query.select({ cell: { id }, count }).from(campaigns)
}

/** The cell that a comment came into. */
const arrival = {
  consultationId: comments.consultationId,
  clause: comments.clause,
  channel: submissions.channel,
  identity: submissions.identity,
  region: sql<string>`coalesce(${submissions.region}, '')`,
}

/** Every comment that came in, by its cell. */
export function arrivedComments(db: Database): Promise<Count<ArrivalCell>[]> {
  return db.query
    .select({ cell: arrival, count: count() })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .groupBy(...Object.values(arrival))
}

/** Every submission, in the cell of its first comment. */
export function begunSubmissions(db: Database): Promise<Count<ArrivalCell>[]> {
  return db.query
    .select({ cell: arrival, count: count() })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(isFirst(db.query))
    .groupBy(...Object.values(arrival))
}

/** Everybody whose submission it is, and who was at a meeting, in the cell of its first comment. */
export function begunPeople(db: Database): Promise<Count<ArrivalCell>[]> {
  return db.query
    .select({ cell: arrival, count: sql`sum(coalesce(${intakes.present}, 1))`.mapWith(Number) })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .leftJoin(intakes, eq(intakes.submissionId, submissions.id))
    .where(isFirst(db.query))
    .groupBy(...Object.values(arrival))
}

/** Every comment of a letter that came after closing, by its cell. */
export function arrivedLate(db: Database): Promise<Count<ArrivalCell>[]> {
  return db.query
    .select({ cell: arrival, count: count() })
    .from(intakes)
    .innerJoin(submissions, eq(submissions.id, intakes.submissionId))
    .innerJoin(comments, eq(comments.submissionId, submissions.id))
    .where(isLate)
    .groupBy(...Object.values(arrival))
}

/** Without a parameter, as the index of late letters is told it. */
const isLate = sql`${intakes.late}`

/** What the counters say of comments, of submissions, of people, or of late comments. */
export function keptArrivals(
  db: Database,
  of: 'comments' | 'submissions' | 'people' | 'late',
): Promise<Count<ArrivalCell>[]> {
  const { comments: _, submissions: __, people: ___, late: ____, ...cell } = getTableColumns(arrivalCounts)
  return db.query.select({ cell, count: arrivalCounts[of] }).from(arrivalCounts)
}

/** The comments of one cell. */
export function ofCell(cell: ArrivalCell) {
  return and(
    eq(arrival.consultationId, cell.consultationId),
    eq(arrival.clause, cell.clause),
    eq(arrival.channel, cell.channel),
    eq(arrival.identity, cell.identity),
    eq(arrival.region, cell.region),
  )
}

/** The condition that a comment is its submission's first. */
export function isFirst(tx: Reads) {
  const earlier = alias(comments, 'earlier')
  return notExists(
    tx
      .select({ one: sql`1` })
      .from(earlier)
      .where(and(eq(earlier.submissionId, comments.submissionId), lt(earlier.number, comments.number))),
  )
}

/** The condition that a comment's letter came after closing. */
export function isOfLateLetter(tx: Reads) {
  return exists(
    tx
      .select({ one: sql`1` })
      .from(intakes)
      .where(and(eq(intakes.submissionId, comments.submissionId), isLate)),
  )
}
