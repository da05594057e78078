import { and, asc, eq } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { clauseDepartments, departments } from '../../schema/index.ts'
import { type DepartmentOf, departmentIsOpen } from '../points/open-departments.ts'

/** A clause with the department that answers for it. */
export interface Assignment {
  clause: string
  departmentId: string
  name: string
  dueOn: string | null
}

/** Which department answers for which clause of a consultation, until when. */
export function assignmentsOf(db: Database, consultationId: string): Promise<Assignment[]> {
  return db.query
    .select({
      clause: clauseDepartments.clause,
      departmentId: departments.id,
      name: departments.name,
      dueOn: clauseDepartments.dueOn,
    })
    .from(clauseDepartments)
    .innerJoin(departments, eq(departments.id, clauseDepartments.departmentId))
    .where(eq(departments.consultationId, consultationId))
    .orderBy(asc(departments.name))
}

/** Gives clauses to a department until a day; clauses it has get the new day. @throws Refused where it is not there */
export async function assignClauses(
  db: Database,
  department: DepartmentOf,
  { clauses, dueOn }: { clauses: string[]; dueOn: string | null },
  act: Act,
): Promise<void> {
  const { departmentId } = department
  await db.atomically((tx) => [
    departmentIsOpen(tx, department),
    tx
      .insert(clauseDepartments)
      .values(clauses.map((clause) => ({ departmentId, clause, dueOn })))
      .onConflictDoUpdate({
        target: [clauseDepartments.departmentId, clauseDepartments.clause],
        set: { dueOn },
      }),
    logAct(tx, act, 'department.assign', departmentId, { clauses, dueOn }),
  ])
}

/** Takes a clause away from a department. @throws Refused where it has not got it */
export async function unassignClause(
  db: Database,
  departmentId: string,
  clause: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .delete(clauseDepartments)
        .where(and(eq(clauseDepartments.departmentId, departmentId), eq(clauseDepartments.clause, clause)))
        .returning({ clause: clauseDepartments.clause }),
    ),
    logAct(tx, act, 'department.unassign', departmentId, { clause }),
  ])
}
