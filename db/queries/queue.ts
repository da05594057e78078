import { and, asc, eq, exists, gt, inArray, lte, type SQL, sum } from 'drizzle-orm'
import type { Database } from '../open.ts'
import {
  appeals,
  campaignMembers,
  campaigns,
  claims,
  commentCounts,
  comments,
  consultations,
  examinations,
  intakes,
  rounds,
  staff,
  submissions,
  units,
} from '../schema/index.ts'

/** What the queue is narrowed to; null and false do not narrow. */
export interface QueueFilters {
  /** The ids of the consultations that the moderator may see, or has chosen. */
  consultationIds: string[]
  state: string
  clause: string | null
  stance: string | null
  /** Has spans that nobody has judged. */
  personal: boolean
  campaign: boolean
  /** One campaign's comments. */
  group: string | null
  appealed: boolean
  /** 逾期: came after closing. */
  afterClosing: boolean
  /** Received at or before this moment. */
  late: Date | null
  /** Claimed by this member of staff. */
  mine: string | null
}

/** Everything that waits in these consultations. */
export function waitingIn(consultationIds: string[]): QueueFilters {
  return {
    consultationIds,
    state: 'pending',
    clause: null,
    stance: null,
    personal: false,
    campaign: false,
    group: null,
    appealed: false,
    afterClosing: false,
    late: null,
    mine: null,
  }
}

/** What the queue lists of a comment. */
const listed = {
  id: comments.id,
  consultationId: comments.consultationId,
  clause: comments.clause,
  citation: units.citation,
  label: units.label,
  stance: comments.stance,
  state: comments.state,
  body: comments.body,
  createdAt: comments.createdAt,
  unhandled: examinations.unhandled,
  flagged: examinations.flagged,
  claimedBy: claims.staffId,
  claimant: staff.name,
  claimedUntil: claims.until,
  campaignId: campaigns.id,
  campaignCount: campaigns.count,
  afterClosing: intakes.late,
}

/** What a moderator reads of a comment besides. */
const read = {
  number: comments.number,
  id: comments.id,
  submissionId: comments.submissionId,
  consultationId: comments.consultationId,
  clause: comments.clause,
  stance: comments.stance,
  state: comments.state,
  body: comments.body,
  version: comments.version,
  review: comments.review,
  round: comments.round,
  proposal: comments.proposal,
  wording: comments.wording,
  quote: comments.quote,
  createdAt: comments.createdAt,
  slug: consultations.slug,
  title: consultations.title,
  citation: units.citation,
  clauseText: units.text,
  channel: submissions.channel,
  identity: submissions.identity,
  maskedName: submissions.maskedName,
  organisation: submissions.organisation,
  region: submissions.region,
  visibility: submissions.visibility,
  receivedOn: intakes.receivedOn,
  reference: intakes.reference,
  afterClosing: intakes.late,
}

export type QueuedComment = Awaited<ReturnType<typeof queuedComments>>[number]
export type CommentToJudge = NonNullable<Awaited<ReturnType<typeof commentToJudge>>>

/** One page of the queue, the oldest first, after the comment with this id. */
export async function queuedComments(
  db: Database,
  filters: QueueFilters,
  after: string | null,
  size: number,
  now: Date,
) {
  if (filters.consultationIds.length === 0) return []
  return db.query
    .select(listed)
    .from(comments)
    .leftJoin(
      rounds,
      and(eq(rounds.consultationId, comments.consultationId), eq(rounds.number, comments.round)),
    )
    .leftJoin(units, and(eq(units.roundId, rounds.id), eq(units.key, comments.clause)))
    .leftJoin(
      examinations,
      and(eq(examinations.commentId, comments.id), eq(examinations.version, comments.version)),
    )
    .leftJoin(claims, and(eq(claims.commentId, comments.id), gt(claims.until, now)))
    .leftJoin(staff, eq(staff.id, claims.staffId))
    .leftJoin(
      campaignMembers,
      and(eq(campaignMembers.commentId, comments.id), eq(campaignMembers.takenOut, false)),
    )
    .leftJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
    .leftJoin(intakes, eq(intakes.submissionId, comments.submissionId))
    .where(and(...conditions(db, filters, now), after === null ? undefined : gt(comments.id, after)))
    .orderBy(asc(comments.id))
    .limit(size)
}

/** How many comments the filters let through. */
export function queueCount(db: Database, filters: QueueFilters, now: Date): Promise<number> {
  if (filters.consultationIds.length === 0) return Promise.resolve(0)
  return db.query.$count(comments, and(...conditions(db, filters, now)))
}

/** The ids that the filters let through, the oldest first: the list that a bulk freezes. */
export async function queuedIds(
  db: Database,
  filters: QueueFilters,
  most: number,
  now: Date,
): Promise<string[]> {
  if (filters.consultationIds.length === 0) return []
  const rows = await db.query
    .select({ id: comments.id })
    .from(comments)
    .where(and(...conditions(db, filters, now)))
    .orderBy(asc(comments.id))
    .limit(most)
  return rows.map(({ id }) => id)
}

function conditions({ query }: Database, filters: QueueFilters, now: Date): (SQL | undefined)[] {
  const { clause, stance, late, mine } = filters
  return [
    eq(comments.state, filters.state),
    inArray(comments.consultationId, filters.consultationIds),
    clause === null ? undefined : eq(comments.clause, clause),
    stance === null ? undefined : eq(comments.stance, stance),
    late === null ? undefined : lte(comments.createdAt, late),
    filters.personal
      ? exists(
          query
            .select({ id: examinations.commentId })
            .from(examinations)
            .where(and(eq(examinations.commentId, comments.id), gt(examinations.unhandled, 0))),
        )
      : undefined,
    filters.campaign || filters.group !== null
      ? exists(
          query
            .select({ id: campaignMembers.commentId })
            .from(campaignMembers)
            .where(
              and(
                eq(campaignMembers.commentId, comments.id),
                eq(campaignMembers.takenOut, false),
                filters.group === null ? undefined : eq(campaignMembers.campaignId, filters.group),
              ),
            ),
        )
      : undefined,
    filters.appealed
      ? exists(
          query.select({ id: appeals.commentId }).from(appeals).where(eq(appeals.commentId, comments.id)),
        )
      : undefined,
    filters.afterClosing
      ? exists(
          query
            .select({ id: intakes.submissionId })
            .from(intakes)
            .where(and(eq(intakes.submissionId, comments.submissionId), eq(intakes.late, true))),
        )
      : undefined,
    mine === null
      ? undefined
      : exists(
          query
            .select({ id: claims.commentId })
            .from(claims)
            .where(and(eq(claims.commentId, comments.id), eq(claims.staffId, mine), gt(claims.until, now))),
        ),
  ]
}

/** How many comments wait in each clause of these consultations, the fullest first. */
export async function pendingClauses(
  db: Database,
  consultationIds: string[],
): Promise<{ consultationId: string; clause: string; count: number }[]> {
  if (consultationIds.length === 0) return []
  const rows = await db.query
    .select({
      consultationId: commentCounts.consultationId,
      clause: commentCounts.clause,
      count: sum(commentCounts.count).mapWith(Number),
    })
    .from(commentCounts)
    .where(and(eq(commentCounts.state, 'pending'), inArray(commentCounts.consultationId, consultationIds)))
    .groupBy(commentCounts.consultationId, commentCounts.clause)
  return rows
    .map((row) => ({ ...row, count: row.count ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

/** A comment with its clause and what is known of who sent it; null where there is none. */
export async function commentToJudge(db: Database, id: string) {
  const [row] = await db.query
    .select(read)
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .innerJoin(consultations, eq(consultations.id, comments.consultationId))
    .leftJoin(intakes, eq(intakes.submissionId, comments.submissionId))
    .leftJoin(
      rounds,
      and(eq(rounds.consultationId, comments.consultationId), eq(rounds.number, comments.round)),
    )
    .leftJoin(units, and(eq(units.roundId, rounds.id), eq(units.key, comments.clause)))
    .where(eq(comments.id, id))
  return row ?? null
}
