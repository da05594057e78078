import { desc, eq } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { intakes, log, submissions } from '../schema/index.ts'
import type { Seals } from '../sealed.ts'
import { type NewSubmission, type Receipt, submit } from './submissions.ts'

/** How a submission came that staff enter. */
export interface Intake {
  /** YYYY-MM-DD, Shanghai: the day of receipt, or of the postmark where that is earlier. */
  receivedOn: string
  reference: string | null
  late: boolean
  onBehalf: boolean
}

/**
 * Stores what came by letter, telephone, e-mail or in a meeting, as one submission with a receipt of its own.
 * @param key names the attempt, so that a form sent twice is stored once
 * @throws KeyReused; UnstorableText
 */
export function enterOffline(
  db: Database,
  seals: Seals,
  submission: NewSubmission,
  intake: Intake,
  key: string,
  staffId: string,
  now: Date,
): Promise<Receipt> {
  return submit(db, seals, submission, key, now, (tx, submissionId) => [
    tx.insert(intakes).values({ submissionId, ...intake, staffId, createdAt: now }),
    tx.insert(log).values({
      at: now,
      staffId,
      act: 'submission.enter',
      subject: submissionId,
      detail: { channel: submission.channel, comments: submission.comments.length, late: intake.late },
    }),
  ])
}

/** What this member of staff entered last. */
export function latestIntakes(db: Database, staffId: string, most: number) {
  return db.query
    .select({
      number: submissions.receiptNumber,
      channel: submissions.channel,
      maskedName: submissions.maskedName,
      receivedOn: intakes.receivedOn,
      reference: intakes.reference,
      late: intakes.late,
    })
    .from(intakes)
    .innerJoin(submissions, eq(submissions.id, intakes.submissionId))
    .where(eq(intakes.staffId, staffId))
    .orderBy(desc(intakes.createdAt))
    .limit(most)
}
