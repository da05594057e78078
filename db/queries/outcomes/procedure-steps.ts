import { and, asc, eq, notExists, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { procedureFiles, procedureSteps } from '../../schema/index.ts'
import { keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'

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
  { step, heldOn, documentNumber, note }: Pick<ProcedureStep, 'step' | 'heldOn' | 'documentNumber' | 'note'>,
  act: Act,
): Promise<void> {
  const id = uuid()
  const said = { step, heldOn, documentNumber, note }
  await db.atomically((tx) => [
    tx.insert(procedureSteps).values({ id, consultationId, ...said, createdAt: act.now }),
    ...keepVersion(tx, versionedStep(consultationId, id), { opened: 0, said }, act),
    logAct(tx, act, 'procedure.add', id, { step }),
  ])
}

/**
 * @param change with the revision that is changed
 * @throws Refused where it is gone, or somebody has changed it since
 */
export async function changeProcedureStep(
  db: Database,
  { id, consultationId, revision, ...changed }: Omit<ProcedureStep, 'createdAt'> & { revision: number },
  act: Act,
): Promise<void> {
  const { step, heldOn, documentNumber, note } = changed
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
    ...keepVersion(tx, versionedStep(consultationId, id), { opened: revision, said: change }, act),
    logAct(tx, act, 'procedure.change', id, { step, revision: revision + 1 }),
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
    keepRemoval(tx, versionedStep(consultationId, id), act),
    logAct(tx, act, 'procedure.remove', id, { step }),
  ])
}

export function versionedStep(consultationId: string, row: string): Versioned {
  return { consultationId, kind: 'step', row }
}
