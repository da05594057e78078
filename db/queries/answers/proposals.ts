import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, endorsementCounts, isProposing, submissions } from '../../schema/index.ts'
import { standingEndorsements } from '../comments/endorsements.ts'

/** An admitted comment that proposes what a clause should say. */
export type Proposing = Awaited<ReturnType<typeof proposalsOn>>[number]

/** The admitted comments that propose a wording for a clause, as they came in. */
export function proposalsOn(db: Database, consultationId: string, clause: string, most: number) {
  const { id, publicId, body, proposal, wording, quote } = comments
  return db.query
    .select({
      id: publicId,
      body,
      proposal,
      wording,
      quote,
      maskedName: submissions.maskedName,
      endorsements: standingEndorsements(),
    })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .leftJoin(endorsementCounts, eq(endorsementCounts.commentId, id))
    .where(and(eq(comments.consultationId, consultationId), eq(comments.clause, clause), isProposing))
    .orderBy(asc(id))
    .limit(most)
}
