import { eq } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { confirmations, staff } from '../../schema/index.ts'
import { raiseRevision } from '../consultations/consultations.ts'

interface Proof {
  by: 'letter' | 'code'
  creditCode: string | null
}

/** Records that an organisation proved to be who it says; its name is shown from now on. */
export async function confirmOrganisation(
  db: Database,
  { submissionId, consultationId }: { submissionId: string; consultationId: string },
  proof: Proof,
  act: Act,
): Promise<void> {
  const set = { ...proof, staffId: act.staffId, createdAt: act.now }
  await db.atomically((tx) => [
    tx
      .insert(confirmations)
      .values({ submissionId, ...set })
      .onConflictDoUpdate({ target: confirmations.submissionId, set }),
    raiseRevision(tx, consultationId),
    logAct(tx, act, 'submission.confirm', submissionId, { by: proof.by }),
  ])
}

/** By what an organisation proved to be who it says, and who of the staff found so. */
export interface Confirmation extends Proof {
  staff: string
  at: Date
}

/** How the organisation of a submission proved to be who it says; null where it has not. */
export async function confirmationOf(db: Database, submissionId: string): Promise<Confirmation | null> {
  const { by, creditCode, createdAt } = confirmations
  const [row] = await db.query
    .select({ by, creditCode, staff: staff.name, at: createdAt })
    .from(confirmations)
    .innerJoin(staff, eq(staff.id, confirmations.staffId))
    .where(eq(confirmations.submissionId, submissionId))
  return row ? { ...row, by: row.by === 'code' ? 'code' : 'letter' } : null
}
