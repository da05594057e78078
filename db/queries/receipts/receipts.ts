import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Quote } from '../../../server/text/words/quotes.ts'
import type { Database } from '../../database.ts'
import { appeals, comments, consultations, decisions, splits, submissions } from '../../schema/index.ts'
import { receiptCodeHash } from '../../sealing/receipt-secrets.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { answersTo, type GivenAnswer, type PointAccount, pointAccounts } from '../answers/answers.ts'
import type { Consultation } from '../consultations/consultations.ts'

/** What the holder of a receipt sees of one comment. */
export interface ReceiptComment {
  id: string
  publicId: string
  number: number
  submissionId: string
  consultationId: string
  clause: string
  round: number
  stance: string
  body: string
  proposal: string | null
  wording: string | null
  quote: Quote | null
  state: string
  version: number
  review: number
  createdAt: Date
  /** Why it is not shown or not studied: the newest decision's reason code; null where there is none. */
  reason: string | null
  /** When it was last decided on; null where it has not been. */
  decidedAt: Date | null
  appeal: { createdAt: Date; outcome: string | null; answer: string | null } | null
  /** What the office answered; null while it has not. */
  answer: GivenAnswer | null
  /** What the office has made out in it, once every sentence has an account; none where it is one point. */
  points: PointAccount[]
}

export interface ReceiptStatus {
  submissionId: string
  number: string
  createdAt: Date
  visibility: string
  /** Whether the full name may be shown. */
  showName: boolean
  consultation: Consultation
  comments: ReceiptComment[]
}

/** What a receipt's code opens; null where no submission has this code. @param code in its written form */
export async function receiptStatus(db: Database, seals: Seals, code: string): Promise<ReceiptStatus | null> {
  const [found] = await db.query
    .select({
      submissionId: submissions.id,
      number: submissions.receiptNumber,
      createdAt: submissions.createdAt,
      visibility: submissions.visibility,
      showName: submissions.showName,
      consultation: consultations,
    })
    .from(submissions)
    .innerJoin(consultations, eq(consultations.id, submissions.consultationId))
    .where(eq(submissions.codeHash, receiptCodeHash(seals, code)))
  return found ? { ...found, comments: await commentsOf(db, found.submissionId) } : null
}

async function commentsOf(db: Database, submissionId: string): Promise<ReceiptComment[]> {
  const rows = await db.query
    .select({ comment: comments, reason: decisions.reason, decidedAt: decisions.createdAt, appeal: appeals })
    .from(comments)
    .leftJoin(decisions, eq(decisions.commentId, comments.id))
    .leftJoin(appeals, eq(appeals.commentId, comments.id))
    .where(eq(comments.submissionId, submissionId))
    .orderBy(asc(comments.number), desc(decisions.review))
  const newest = new Map<string, (typeof rows)[number]>()
  for (const row of rows) if (!newest.has(row.comment.id)) newest.set(row.comment.id, row)
  const ids = [...newest.keys()]
  const accounts = await accountsOf(db, ids)
  const answers = await answersTo(db, ids, accounts)
  return [...newest.values()].map(({ comment, reason, decidedAt, appeal }) => ({
    ...comment,
    decidedAt,
    reason: comment.state === 'withheld' || comment.state === 'refused' ? reason : null,
    appeal: appeal && { createdAt: appeal.createdAt, outcome: appeal.outcome, answer: appeal.answer },
    answer: answers.get(comment.id) ?? null,
    points: accounts.get(comment.id) ?? [],
  }))
}

/** What is still being parted is nobody's business yet. */
async function accountsOf(db: Database, ids: string[]): Promise<Map<string, PointAccount[]>> {
  const { commentId, state, uncovered } = splits
  const rows = await db.query
    .select({ commentId })
    .from(splits)
    .innerJoin(comments, eq(comments.id, commentId))
    .where(
      and(
        inArray(commentId, ids),
        eq(state, 'split'),
        eq(uncovered, 0),
        inArray(comments.state, [...admittedStates]),
      ),
    )
  return pointAccounts(
    db,
    rows.map((row) => row.commentId),
  )
}
