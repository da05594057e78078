import { and, asc, eq, notExists, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { procedureFiles, procedureSteps } from '../../schema/index.ts'

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
  act: Act,
): Promise<void> {
  const id = uuid()
  await db.atomically((tx) => [
    tx.insert(procedureSteps).values({ id, consultationId, ...step, createdAt: act.now }),
    logAct(tx, act, 'procedure.add', id, { step: step.step }),
  ])
}

/** @throws Refused where it is gone */
export async function changeProcedureStep(
  db: Database,
  { id, consultationId, step, heldOn, documentNumber, note }: Omit<ProcedureStep, 'createdAt'>,
  act: Act,
): Promise<void> {
  const change = { step, heldOn, documentNumber, note }
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(procedureSteps)
        .set(change)
        .where(and(eq(procedureSteps.id, id), eq(procedureSteps.consultationId, consultationId)))
        .returning({ id: procedureSteps.id }),
    ),
    logAct(tx, act, 'procedure.change', id, { step }),
  ])
}

/** @throws Refused where it is gone, or still has files */
export async function removeProcedureStep(
  db: Database,
  { id, consultationId, step }: Pick<ProcedureStep, 'id' | 'consultationId' | 'step'>,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must('gone', tx.select({ id: procedureSteps.id }).from(procedureSteps).where(eq(procedureSteps.id, id))),
    must(
      'stale',
      tx
        .delete(procedureSteps)
        .where(
          and(
            eq(procedureSteps.id, id),
            eq(procedureSteps.consultationId, consultationId),
            notExists(tx.select({ one: sql`1` }).from(procedureFiles).where(eq(procedureFiles.stepId, id))),
          ),
        )
        .returning({ id: procedureSteps.id }),
    ),
    logAct(tx, act, 'procedure.remove', id, { step }),
  ])
}
