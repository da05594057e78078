import { and, asc, eq } from 'drizzle-orm'
import { procedureFileFact, removedFileFact } from '../../../server/rules/evidence/office-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { procedureFiles } from '../../schema/index.ts'

export type ProcedureFile = typeof procedureFiles.$inferSelect

/** The files of 程序台账, in the order in which they came. */
export function procedureFilesOf(db: Database, consultationId: string): Promise<ProcedureFile[]> {
  return db.query
    .select()
    .from(procedureFiles)
    .where(eq(procedureFiles.consultationId, consultationId))
    .orderBy(asc(procedureFiles.id))
}

/** A file of this consultation; null where there is none. */
export async function findProcedureFile(
  db: Database,
  consultationId: string,
  id: string,
): Promise<ProcedureFile | null> {
  const [file] = await db.query
    .select()
    .from(procedureFiles)
    .where(and(eq(procedureFiles.id, id), eq(procedureFiles.consultationId, consultationId)))
  return file ?? null
}

/** Records a file that lies on the disk already. */
export async function addProcedureFile(
  db: Database,
  file: Omit<ProcedureFile, 'createdAt'>,
  act: Act,
): Promise<void> {
  const row = { ...file, createdAt: act.now }
  await db.atomically((tx) => [
    attests(tx.insert(procedureFiles).values(row), act.now, procedureFileFact(row)),
    logAct(tx, act, 'procedure.add_file', file.id, { sha256: file.sha256 }),
  ])
}

/** Forgets a file. @throws Refused where it is gone already */
export async function removeProcedureFile(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    attests(
      must(
        'gone',
        tx
          .delete(procedureFiles)
          .where(and(eq(procedureFiles.id, id), eq(procedureFiles.consultationId, consultationId)))
          .returning({ id: procedureFiles.id }),
      ),
      act.now,
      removedFileFact(id),
    ),
    logAct(tx, act, 'procedure.remove_file', id),
  ])
}
