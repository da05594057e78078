import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import {
  campaignMembers,
  campaigns,
  claims,
  comments,
  examinations,
  intakes,
  rounds,
  staff,
  units,
} from '../../schema/index.ts'

/** What the queue lists of a comment. */
const columns = {
  id: comments.id,
  publicId: comments.publicId,
  consultationId: comments.consultationId,
  clause: comments.clause,
  citation: units.citation,
  label: units.label,
  stance: comments.stance,
  state: comments.state,
  review: comments.review,
  body: comments.body,
  createdAt: comments.createdAt,
  createdDay: comments.createdDay,
  decidedAt: comments.decidedAt,
  unhandled: examinations.unhandled,
  flagged: examinations.flagged,
  claimedBy: claims.staffId,
  claimant: staff.name,
  claimedUntil: claims.until,
  campaignId: campaigns.id,
  campaignCount: campaigns.count,
  afterClosing: intakes.late,
}

export type QueuedComment = Awaited<ReturnType<typeof queuedComments>>[number]

/** What the queue lists of these comments, in the order in which they are named. @param ids the inner ones */
export async function queuedComments(db: Database, ids: string[], now: Date) {
  if (ids.length === 0) return []
  const rows = await db.query
    .select(columns)
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
    .where(inArray(comments.id, ids))
  const listed = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => listed.get(id) ?? [])
}
