import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { consultations, dueDecisions } from '../../schema/index.ts'
import { type Consultation, raiseRevision } from './consultations.ts'

/**
 * Stops a consultation; from now on no comment is taken, and every page says why.
 * @throws Refused where it is not published, is stopped already, or its outcome is out
 */
export async function suspend(
  db: Database,
  { id }: Consultation,
  suspensionReason: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(consultations)
        .set({ suspendedAt: act.now, suspensionReason })
        .where(
          and(
            eq(consultations.id, id),
            isNotNull(consultations.publishedAt),
            isNull(consultations.suspendedAt),
            isNull(consultations.outcomeAt),
          ),
        )
        .returning({ id: consultations.id }),
    ),
    // What was decided and has not taken effect waits again.
    tx.delete(dueDecisions).where(eq(dueDecisions.consultationId, id)),
    raiseRevision(tx, id),
    logAct(tx, act, 'consultation.suspend', id),
  ])
}

/** Lets a stopped consultation go on by its clock. @throws Refused where it is not stopped */
export async function resume(db: Database, { id }: Consultation, act: Act): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(consultations)
        .set({ suspendedAt: null, suspensionReason: null })
        .where(and(eq(consultations.id, id), isNotNull(consultations.suspendedAt)))
        .returning({ id: consultations.id }),
    ),
    raiseRevision(tx, id),
    logAct(tx, act, 'consultation.resume', id),
  ])
}
