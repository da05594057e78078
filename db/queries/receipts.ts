import { asc, desc, eq } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { comments, consultations, decisions, submissions } from '../schema/index.ts'
import type { Seals } from '../sealed.ts'

/** What the holder of a receipt sees of one comment. */
export interface ReceiptComment {
  id: string
  clause: string
  round: number
  stance: string
  body: string
  state: string
  createdAt: Date
  /** Why it is not shown or not studied: the newest decision's reason code; null where there is none. */
  reason: string | null
}

export interface ReceiptStatus {
  submissionId: string
  number: string
  createdAt: Date
  consultation: { slug: string; title: string }
  comments: ReceiptComment[]
}

/** What a receipt's code opens; null where no submission has this code. @param code in its written form */
export async function receiptStatus(db: Database, seals: Seals, code: string): Promise<ReceiptStatus | null> {
  const [found] = await db.query
    .select({
      submissionId: submissions.id,
      number: submissions.receiptNumber,
      createdAt: submissions.createdAt,
      slug: consultations.slug,
      title: consultations.title,
    })
    .from(submissions)
    .innerJoin(consultations, eq(consultations.id, submissions.consultationId))
    .where(eq(submissions.codeHash, seals.hash('receipt code', code)))
  if (!found) return null
  const { slug, title, ...submission } = found
  return {
    ...submission,
    consultation: { slug, title },
    comments: await commentsOf(db, submission.submissionId),
  }
}

async function commentsOf(db: Database, submissionId: string): Promise<ReceiptComment[]> {
  const rows = await db.query
    .select({
      id: comments.id,
      clause: comments.clause,
      round: comments.round,
      stance: comments.stance,
      body: comments.body,
      state: comments.state,
      createdAt: comments.createdAt,
      reason: decisions.reason,
    })
    .from(comments)
    .leftJoin(decisions, eq(decisions.commentId, comments.id))
    .where(eq(comments.submissionId, submissionId))
    .orderBy(asc(comments.number), desc(decisions.review))
  const newest = new Map<string, ReceiptComment>()
  for (const row of rows) if (!newest.has(row.id)) newest.set(row.id, row)
  return [...newest.values()]
}
