import { and, asc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Database, must } from '../open.ts'
import { clauseDepartments, departmentStaff, departments, log, staff } from '../schema/index.ts'

export interface Department {
  id: string
  name: string
}

/** A clause with the department that answers for it. */
export interface Assignment {
  clause: string
  departmentId: string
  name: string
  dueOn: string | null
}

export function departmentsOf(db: Database, consultationId: string): Promise<Department[]> {
  return db.query
    .select({ id: departments.id, name: departments.name })
    .from(departments)
    .where(eq(departments.consultationId, consultationId))
    .orderBy(asc(departments.name))
}

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

/** What a member of staff's own departments answer for in a consultation. */
export function assignmentsOfStaff(
  db: Database,
  consultationId: string,
  staffId: string,
): Promise<Assignment[]> {
  return db.query
    .select({
      clause: clauseDepartments.clause,
      departmentId: departments.id,
      name: departments.name,
      dueOn: clauseDepartments.dueOn,
    })
    .from(clauseDepartments)
    .innerJoin(departments, eq(departments.id, clauseDepartments.departmentId))
    .innerJoin(departmentStaff, eq(departmentStaff.departmentId, departments.id))
    .where(and(eq(departments.consultationId, consultationId), eq(departmentStaff.staffId, staffId)))
}

/** @throws Refused where the consultation has a department of this name */
export async function addDepartment(
  db: Database,
  consultationId: string,
  name: string,
  staffId: string,
  now: Date,
): Promise<void> {
  const id = uuid()
  await db.atomically((tx) => [
    must(
      tx
        .insert(departments)
        .values({ id, consultationId, name })
        .onConflictDoNothing()
        .returning({ id: departments.id }),
    ),
    tx.insert(log).values({ at: now, staffId, act: 'department.add', subject: id, detail: {} }),
  ])
}

/** Gives clauses to a department until a day; clauses it has get the new day. @throws Refused where it is not there */
export async function assignClauses(
  db: Database,
  consultationId: string,
  departmentId: string,
  clauses: string[],
  dueOn: string | null,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .update(departments)
        .set({ id: departmentId })
        .where(and(eq(departments.id, departmentId), eq(departments.consultationId, consultationId)))
        .returning({ id: departments.id }),
    ),
    tx
      .insert(clauseDepartments)
      .values(clauses.map((clause) => ({ departmentId, clause, dueOn })))
      .onConflictDoUpdate({
        target: [clauseDepartments.departmentId, clauseDepartments.clause],
        set: { dueOn },
      }),
    tx.insert(log).values({
      at: now,
      staffId,
      act: 'department.assign',
      subject: departmentId,
      detail: { clauses, dueOn },
    }),
  ])
}

/** Takes a clause away from a department. */
export async function unassignClause(db: Database, departmentId: string, clause: string): Promise<void> {
  await db.query
    .delete(clauseDepartments)
    .where(and(eq(clauseDepartments.departmentId, departmentId), eq(clauseDepartments.clause, clause)))
}

/** Puts a member of staff, by name, into a department. @throws Refused where nobody has this name */
export async function joinDepartment(db: Database, departmentId: string, staffName: string): Promise<void> {
  const [person] = await db.query
    .select({ id: staff.id })
    .from(staff)
    .where(eq(staff.name, staffName))
    .limit(1)
  await db.atomically((tx) => [
    must(
      tx
        .update(staff)
        .set({ name: staffName })
        .where(eq(staff.id, person?.id ?? ''))
        .returning({ id: staff.id }),
    ),
    tx
      .insert(departmentStaff)
      .values({ departmentId, staffId: person?.id ?? '' })
      .onConflictDoNothing(),
  ])
}
