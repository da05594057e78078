import { asc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { Database } from '../open.ts'
import { log, procedureSteps } from '../schema/index.ts'

export type ProcedureStep = typeof procedureSteps.$inferSelect

/** 程序台账 in the order of its days. */
export function procedureStepsOf(db: Database, consultationId: string): Promise<ProcedureStep[]> {
  return db.query
    .select()
    .from(procedureSteps)
    .where(eq(procedureSteps.consultationId, consultationId))
    .orderBy(asc(procedureSteps.heldOn), asc(procedureSteps.id))
}

export async function addProcedureStep(
  db: Database,
  consultationId: string,
  step: Pick<ProcedureStep, 'step' | 'heldOn' | 'documentNumber' | 'note'>,
  staffId: string,
  now: Date,
): Promise<void> {
  const id = uuid()
  await db.atomically((tx) => [
    tx.insert(procedureSteps).values({ id, consultationId, ...step, createdAt: now }),
    tx
      .insert(log)
      .values({ at: now, staffId, act: 'procedure.add', subject: id, detail: { step: step.step } }),
  ])
}
