import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { receiptCode, sameContact } from '../../../server/rules/receipts/receipts.ts'
import { type Act, logAct, logAlone } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'

/** A submission that somebody holds the receipt of. */
export interface ReceiptHeld {
  id: string
  consultationId: string
  codeHash: string
  /** Sealed; null where none was left. */
  contact: string | null
}

/** The submission with this receipt number; null where there is none. */
export async function receiptNumbered(db: Database, number: string): Promise<ReceiptHeld | null> {
  const { id, consultationId, codeHash, contact } = submissions
  const [row] = await db.query
    .select({ id, consultationId, codeHash, contact })
    .from(submissions)
    .where(eq(submissions.receiptNumber, number))
  return row ?? null
}

/**
 * Whether somebody names the contact that was left with a submission. It is compared and never shown; an attempt that
 * fails stands in the log.
 */
export async function namesContact(
  { db, seals }: { db: Database; seals: Seals },
  { id, contact }: ReceiptHeld,
  named: string,
  act: Act,
): Promise<boolean> {
  const left = contact && seals.open(contact, { table: 'submissions', column: 'contact', row: id })
  if (left && sameContact(left, named)) return true
  await logAlone(db, act, 'submission.wrong_contact', id)
  return false
}

/**
 * Gives a submission a new code in the place of the one that was lost, which opens nothing any more.
 * @throws Refused where it has been replaced meanwhile
 */
export async function replaceCode(
  { db, seals }: { db: Database; seals: Seals },
  { id, codeHash }: ReceiptHeld,
  act: Act,
): Promise<string> {
  const code = receiptCode(randomBytes(32))
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(submissions)
        .set({ codeHash: seals.hash('receipt code', code) })
        .where(and(eq(submissions.id, id), eq(submissions.codeHash, codeHash)))
        .returning({ id: submissions.id }),
    ),
    logAct(tx, act, 'submission.replace_code', id),
  ])
  return code
}
