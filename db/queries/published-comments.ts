import { and, desc, eq, lt } from 'drizzle-orm'
import { commentsAreShown } from '../../server/rules/publication-policies.ts'
import type { Database } from '../open.ts'
import { comments, type Quote, submissions } from '../schema/index.ts'
import type { Consultation } from './consultations.ts'

/** A comment as the public may see it: nothing in it links two comments of one person. */
export interface PublishedComment {
  id: string
  clause: string
  round: number
  stance: string
  body: string
  proposal: string | null
  wording: string | null
  quote: Quote | null
  identity: string
  /** Masked, or whole where the person consented to that; null where none was given. */
  name: string | null
  region: string | null
  createdAt: Date
}

export interface PublishedFilter {
  clause?: string
  stance?: string
  /** The id after which the page begins. */
  after?: string
}

/** One page of published comments, newest first, and the id after which the next begins (null on the last). */
export async function publishedComments(
  db: Database,
  consultation: Consultation,
  filter: PublishedFilter,
  now: Date,
  size: number,
): Promise<{ comments: PublishedComment[]; next: string | null }> {
  if (!commentsAreShown(consultation.publicationPolicy, consultation.closesAt, now))
    return { comments: [], next: null }
  const rows = await db.query
    .select({
      id: comments.id,
      clause: comments.clause,
      round: comments.round,
      stance: comments.stance,
      body: comments.body,
      proposal: comments.proposal,
      wording: comments.wording,
      quote: comments.quote,
      identity: submissions.identity,
      name: submissions.maskedName,
      region: submissions.region,
      createdAt: comments.createdAt,
    })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        eq(comments.consultationId, consultation.id),
        eq(comments.state, 'published'),
        filter.clause === undefined ? undefined : eq(comments.clause, filter.clause),
        filter.stance === undefined ? undefined : eq(comments.stance, filter.stance),
        filter.after === undefined ? undefined : lt(comments.id, filter.after),
      ),
    )
    .orderBy(desc(comments.id))
    .limit(size + 1)
  return { comments: rows.slice(0, size), next: rows.length > size ? (rows[size - 1]?.id ?? null) : null }
}
