import { desc, eq } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Query, Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { intakes, submissions } from '../../schema/index.ts'
import type { Receipt } from '../../sealing/receipt-secrets.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { countLate, countPresent } from '../comments/arrival-counts.ts'
import { type NewSubmission, submit } from '../submissions/submissions.ts'

/** How a submission came that staff enter. */
export interface Intake {
  /** YYYY-MM-DD, Shanghai: the day of receipt, or of the postmark where that is earlier. */
  receivedOn: string
  reference: string | null
  late: boolean
  onBehalf: boolean
  /** 到会人数, of the minutes of a meeting; not there where none is given. */
  present?: number | null
}

/**
 * Stores what came by letter, telephone, e-mail or in a meeting, as one submission with a receipt of its own.
 * @param key names the attempt, so that a form sent twice is stored once
 * @param also what is stored beside it in the same list
 * @throws KeyReused; UnstorableText
 */
export function enterOffline(
  db: Database,
  seals: Seals,
  submission: NewSubmission,
  intake: Intake,
  key: string,
  act: Act,
  also: (tx: Query, submissionId: string) => readonly Statement[] = () => [],
): Promise<Receipt> {
  return submit(db, seals, submission, key, act.now, (tx, submissionId) => [
    tx.insert(intakes).values({ submissionId, ...intake, staffId: act.staffId, createdAt: act.now }),
    logAct(tx, act, 'submission.enter', submissionId, {
      channel: submission.channel,
      comments: submission.comments.length,
      late: intake.late,
      ...(intake.present ? { present: intake.present } : {}),
    }),
    ...(intake.late
      ? countLate(
          tx,
          submission,
          submission.comments.map(({ clause }) => clause),
        )
      : []),
    ...(intake.present
      ? [countPresent(tx, submission, submission.comments[0]?.clause ?? '', intake.present)]
      : []),
    ...also(tx, submissionId),
  ])
}

/** What this member of staff entered last. */
export function latestIntakes(db: Database, staffId: string, most: number) {
  return db.query
    .select({
      number: submissions.receiptNumber,
      channel: submissions.channel,
      maskedName: submissions.maskedName,
      present: intakes.present,
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
