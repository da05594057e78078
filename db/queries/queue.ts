import { and, asc, eq, gt, inArray, sum } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { commentCounts, comments, consultations, rounds, submissions, units } from '../schema/index.ts'

/** What the queue lists of a comment. */
const listed = {
  id: comments.id,
  consultationId: comments.consultationId,
  clause: comments.clause,
  citation: units.citation,
  label: units.label,
  stance: comments.stance,
  body: comments.body,
  createdAt: comments.createdAt,
}

/** What a moderator reads of a comment besides. */
const read = {
  ...listed,
  state: comments.state,
  version: comments.version,
  review: comments.review,
  round: comments.round,
  proposal: comments.proposal,
  wording: comments.wording,
  quote: comments.quote,
  slug: consultations.slug,
  title: consultations.title,
  clauseText: units.text,
  channel: submissions.channel,
  identity: submissions.identity,
  maskedName: submissions.maskedName,
  showName: submissions.showName,
  region: submissions.region,
  visibility: submissions.visibility,
}

export type QueuedComment = Awaited<ReturnType<typeof pendingComments>>[number]
export type CommentToJudge = NonNullable<Awaited<ReturnType<typeof commentToJudge>>>

/** One page of the comments that wait in these consultations, the oldest first, after the one with this id. */
export async function pendingComments(
  db: Database,
  consultationIds: string[],
  after: string | null,
  size: number,
) {
  if (consultationIds.length === 0) return []
  return db.query
    .select(listed)
    .from(comments)
    .leftJoin(
      rounds,
      and(eq(rounds.consultationId, comments.consultationId), eq(rounds.number, comments.round)),
    )
    .leftJoin(units, and(eq(units.roundId, rounds.id), eq(units.key, comments.clause)))
    .where(
      and(
        eq(comments.state, 'pending'),
        inArray(comments.consultationId, consultationIds),
        after === null ? undefined : gt(comments.id, after),
      ),
    )
    .orderBy(asc(comments.id))
    .limit(size)
}

/** How many wait in each of these consultations. */
export async function pendingCounts(db: Database, consultationIds: string[]): Promise<Map<string, number>> {
  if (consultationIds.length === 0) return new Map()
  const rows = await db.query
    .select({ id: commentCounts.consultationId, count: sum(commentCounts.count).mapWith(Number) })
    .from(commentCounts)
    .where(and(eq(commentCounts.state, 'pending'), inArray(commentCounts.consultationId, consultationIds)))
    .groupBy(commentCounts.consultationId)
  return new Map(rows.map(({ id, count }) => [id, count ?? 0]))
}

/** A comment with its clause and what is known of who sent it; null where there is none. */
export async function commentToJudge(db: Database, id: string) {
  const [row] = await db.query
    .select(read)
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .innerJoin(consultations, eq(consultations.id, comments.consultationId))
    .leftJoin(
      rounds,
      and(eq(rounds.consultationId, comments.consultationId), eq(rounds.number, comments.round)),
    )
    .leftJoin(units, and(eq(units.roundId, rounds.id), eq(units.key, comments.clause)))
    .where(eq(comments.id, id))
  return row ?? null
}
