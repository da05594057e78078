import { eq } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { confirmations } from '../../schema/index.ts'
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

/** Whether the organisation of a submission has proved to be who it says. */
export async function isConfirmed(db: Database, submissionId: string): Promise<boolean> {
  return (await db.query.$count(confirmations, eq(confirmations.submissionId, submissionId))) > 0
}
