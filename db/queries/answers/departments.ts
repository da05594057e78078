import { and, asc, eq, inArray } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  clauseDepartments,
  commentDepartments,
  departmentStaff,
  departments,
  staff,
} from '../../schema/index.ts'

interface Department {
  id: string
  name: string
}

/** The departments of a consultation by name. */
export function departmentsOf(db: Database, consultationId: string): Promise<Department[]> {
  return db.query
    .select({ id: departments.id, name: departments.name })
    .from(departments)
    .where(eq(departments.consultationId, consultationId))
    .orderBy(asc(departments.name))
}

/** Who works in the departments of a consultation. */
export function departmentMembers(
  db: Database,
  consultationId: string,
): Promise<{ departmentId: string; staffId: string; name: string }[]> {
  return db.query
    .select({ departmentId: departments.id, staffId: staff.id, name: staff.name })
    .from(departmentStaff)
    .innerJoin(departments, eq(departments.id, departmentStaff.departmentId))
    .innerJoin(staff, eq(staff.id, departmentStaff.staffId))
    .where(eq(departments.consultationId, consultationId))
    .orderBy(asc(staff.name))
}

/** @throws Refused where the consultation has a department of this name */
export async function addDepartment(
  db: Database,
  consultationId: string,
  name: string,
  act: Act,
): Promise<void> {
  const id = uuid()
  await db.atomically((tx) => [
    must(
      'taken',
      tx
        .insert(departments)
        .values({ id, consultationId, name })
        .onConflictDoNothing()
        .returning({ id: departments.id }),
    ),
    logAct(tx, act, 'department.add', id),
  ])
}

/** Removes a department with all that it was given. @throws Refused where it is not there */
export async function removeDepartment(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => {
    const here = tx
      .select({ id: departments.id })
      .from(departments)
      .where(and(eq(departments.id, id), eq(departments.consultationId, consultationId)))
    return [
      tx.delete(clauseDepartments).where(inArray(clauseDepartments.departmentId, here)),
      tx.delete(commentDepartments).where(inArray(commentDepartments.departmentId, here)),
      tx.delete(departmentStaff).where(inArray(departmentStaff.departmentId, here)),
      must(
        'gone',
        tx
          .delete(departments)
          .where(and(eq(departments.id, id), eq(departments.consultationId, consultationId)))
          .returning({ id: departments.id }),
      ),
      logAct(tx, act, 'department.remove', id),
    ]
  })
}

/** Puts a member of staff, by name, into a department. @throws Refused where nobody has this name */
export async function joinDepartment(
  db: Database,
  departmentId: string,
  name: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .insert(departmentStaff)
        .select(
          tx
            .select({ departmentId: departments.id, staffId: staff.id })
            .from(departments)
            .innerJoin(staff, eq(staff.name, name))
            .where(eq(departments.id, departmentId)),
        )
        .onConflictDoUpdate({
          target: [departmentStaff.departmentId, departmentStaff.staffId],
          set: { departmentId },
        })
        .returning({ staffId: departmentStaff.staffId }),
    ),
    logAct(tx, act, 'department.join', departmentId),
  ])
}

/** Takes a member of staff out of a department. @throws Refused where they are not in it */
export async function leaveDepartment(
  db: Database,
  departmentId: string,
  memberId: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .delete(departmentStaff)
        .where(and(eq(departmentStaff.departmentId, departmentId), eq(departmentStaff.staffId, memberId)))
        .returning({ staffId: departmentStaff.staffId }),
    ),
    logAct(tx, act, 'department.leave', departmentId, { member: memberId }),
  ])
}
