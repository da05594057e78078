import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  clauseDepartments,
  commentDepartments,
  concerns,
  consultations,
  cosignatures,
  departmentReplies,
  departmentRequests,
  departmentStaff,
  departments,
  points,
  staff,
} from '../../schema/index.ts'

interface Department {
  id: string
  name: string
  opensNames: boolean
}

/** The departments of a consultation by name. */
export function departmentsOf(db: Database, consultationId: string): Promise<Department[]> {
  return db.query
    .select({ id: departments.id, name: departments.name, opensNames: departments.opensNames })
    .from(departments)
    .where(eq(departments.consultationId, consultationId))
    .orderBy(asc(departments.name))
}

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
export interface OwnDepartment extends Department {
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
        .values({ id, consultationId, name, opensNames: false })
        .onConflictDoNothing()
        .returning({ id: departments.id }),
    ),
    logAct(tx, act, 'department.add', id),
  ])
}

/**
 * Removes a department with all that it was given.
 * @throws Refused where it is not there, or has confirmed an answer or signed a concern: those are kept
 */
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
      must('stale', departmentOwesNothing(tx, consultationId, id)),
      tx
        .delete(departmentReplies)
        .where(and(inArray(departmentReplies.departmentId, here), ne(departmentReplies.state, 'confirmed'))),
      tx.delete(cosignatures).where(inArray(cosignatures.departmentId, here)),
      tx.delete(departmentRequests).where(inArray(departmentRequests.departmentId, here)),
      tx.update(points).set({ departmentId: null }).where(inArray(points.departmentId, here)),
      tx.update(concerns).set({ departmentId: null }).where(inArray(concerns.departmentId, here)),
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

/** A department that is gone already is left to the deletion, which says so. */
function departmentOwesNothing(tx: Query, consultationId: string, id: string) {
  const said = sql`exists (select 1 from ${departmentReplies} where ${departmentReplies.departmentId} = ${id}
    and ${departmentReplies.state} = 'confirmed') or exists (select 1 from ${cosignatures}
    where ${cosignatures.departmentId} = ${id} and ${cosignatures.position} is not null)`
  return tx
    .update(consultations)
    .set({ slug: sql`${consultations.slug}` })
    .where(and(eq(consultations.id, consultationId), sql`not (${said})`))
    .returning({ id: consultations.id })
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

/** Lets the staff of a department see who sent what it answers, or no more. @throws Refused where it is not there */
export async function openNames(
  db: Database,
  departmentId: string,
  opensNames: boolean,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(departments)
        .set({ opensNames })
        .where(eq(departments.id, departmentId))
        .returning({ id: departments.id }),
    ),
    logAct(tx, act, 'department.open_names', departmentId, { opensNames }),
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
