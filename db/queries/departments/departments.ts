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
} from '../../schema/index.ts'
import { hasSaid } from './department-closing.ts'

export interface Department {
  id: string
  name: string
  opensNames: boolean
  /** When it was said to answer no more; null while it answers. */
  closedAt: Date | null
}

const department = {
  id: departments.id,
  name: departments.name,
  opensNames: departments.opensNames,
  closedAt: departments.closedAt,
}

/** The departments of a consultation by name, those that answer no more among them. */
export function departmentsOf(db: Database, consultationId: string): Promise<Department[]> {
  return db.query
    .select(department)
    .from(departments)
    .where(eq(departments.consultationId, consultationId))
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
      tx.update(points).set({ departmentId: null, dueOn: null }).where(inArray(points.departmentId, here)),
      tx
        .update(concerns)
        .set({ departmentId: null, dueOn: null })
        .where(inArray(concerns.departmentId, here)),
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
  return tx
    .update(consultations)
    .set({ slug: sql`${consultations.slug}` })
    .where(and(eq(consultations.id, consultationId), sql`not (${hasSaid(id)})`))
    .returning({ id: consultations.id })
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
