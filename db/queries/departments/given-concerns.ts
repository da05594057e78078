import { and, eq, inArray } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { concerns } from '../../schema/index.ts'
import { departmentIsOpen } from '../points/open-departments.ts'
import { keepChanged } from '../versions/office-versions.ts'

/**
 * Gives concerns to a department until a day, all at once: each is worded anew as its next version, so that whoever has one
 * open is told before they save it. Those of another consultation are left alone.
 * @param to without a department they are taken back: their clauses' departments answer for them
 * @param ids at most a page of them
 * @throws Refused where the department is not there, or answers no more
 */
export async function giveConcerns(
  db: Database,
  to: { consultationId: string; departmentId: string | null; dueOn: string | null },
  ids: string[],
  act: Act,
): Promise<void> {
  const { consultationId, departmentId, dueOn } = to
  const here = and(eq(concerns.consultationId, consultationId), inArray(concerns.id, ids))
  const found = await db.query.select({ id: concerns.id }).from(concerns).where(here)
  await db.atomically((tx) => [
    ...(departmentId ? [departmentIsOpen(tx, { consultationId, departmentId })] : []),
    tx.update(concerns).set({ departmentId, dueOn }).where(here),
    ...found.map(({ id: row }) =>
      keepChanged(tx, { consultationId, kind: 'concern', row }, { department: departmentId }, act),
    ),
    logAct(
      tx,
      act,
      departmentId ? 'department.assign' : 'department.unassign',
      departmentId ?? consultationId,
      { concerns: found.map(({ id }) => id), dueOn },
    ),
  ])
}
