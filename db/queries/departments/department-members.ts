import { and, asc, eq, sql } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { departmentStaff, departments, staff } from '../../schema/index.ts'
import type { Department } from './departments.ts'

export interface DepartmentMember {
  departmentId: string
  staffId: string
  name: string
  /** 负责人. */
  isHead: boolean
}

/** Who works in the departments of a consultation. */
export function departmentMembers(db: Database, consultationId: string): Promise<DepartmentMember[]> {
  return db.query
    .select({
      departmentId: departments.id,
      staffId: staff.id,
      name: staff.name,
      isHead: departmentStaff.isHead,
    })
    .from(departmentStaff)
    .innerJoin(departments, eq(departments.id, departmentStaff.departmentId))
    .innerJoin(staff, eq(staff.id, departmentStaff.staffId))
    .where(eq(departments.consultationId, consultationId))
    .orderBy(asc(staff.name))
}

/** A department in which a member of staff works. */
export interface OwnDepartment extends Omit<Department, 'closedAt'> {
  isHead: boolean
  /** Nobody else works in it. */
  isAlone: boolean
}

/** The departments of a consultation in which a member of staff works, by name. */
export function ownDepartments(
  db: Database,
  consultationId: string,
  staffId: string,
): Promise<OwnDepartment[]> {
  const members = sql<boolean>`(select count(*) from department_staff m where m.department_id = ${departments.id}) = 1`
  return db.query
    .select({
      id: departments.id,
      name: departments.name,
      opensNames: departments.opensNames,
      isHead: departmentStaff.isHead,
      isAlone: members.mapWith(Boolean),
    })
    .from(departmentStaff)
    .innerJoin(departments, eq(departments.id, departmentStaff.departmentId))
    .where(and(eq(departments.consultationId, consultationId), eq(departmentStaff.staffId, staffId)))
    .orderBy(asc(departments.name))
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
            .select({
              departmentId: departments.id,
              staffId: staff.id,
              isHead: sql<boolean>`false`.as('is_head'),
            })
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

/** Makes a member of a department its 负责人, or no more. @throws Refused where they are not in it */
export async function appointHead(
  db: Database,
  departmentId: string,
  { memberId, isHead }: { memberId: string; isHead: boolean },
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(departmentStaff)
        .set({ isHead })
        .where(and(eq(departmentStaff.departmentId, departmentId), eq(departmentStaff.staffId, memberId)))
        .returning({ staffId: departmentStaff.staffId }),
    ),
    logAct(tx, act, 'department.appoint', departmentId, { member: memberId, isHead }),
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
