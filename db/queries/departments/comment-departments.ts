import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Query, Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { commentDepartments, comments } from '../../schema/index.ts'
import { type DepartmentOf, departmentIsOpen } from '../points/open-departments.ts'

interface Given {
  publicIds: string[]
  dueOn: string | null
}

/**
 * Gives single comments to a department until a day, whatever their clauses' departments are; those of another
 * consultation are left alone. @throws Refused where the department is not there
 */
export async function assignComments(
  db: Database,
  department: DepartmentOf,
  given: Given,
  act: Act,
): Promise<void> {
  const { publicIds: comments, dueOn } = given
  await db.atomically((tx) => [
    departmentIsOpen(tx, department),
    givingComments(tx, department, given),
    logAct(tx, act, 'department.assign', department.departmentId, { comments, dueOn }),
  ])
}

/** The statement that gives comments to a department, whoever had them. */
export function givingComments(
  tx: Query,
  { consultationId, departmentId }: DepartmentOf,
  { publicIds, dueOn }: Given,
): Statement {
  return tx
    .insert(commentDepartments)
    .select(
      tx
        .select({
          commentId: comments.id,
          departmentId: sql<string>`${departmentId}`.as('department_id'),
          dueOn: sql<string | null>`cast(${dueOn} as text)`.as('due_on'),
        })
        .from(comments)
        .where(and(eq(comments.consultationId, consultationId), inArray(comments.publicId, publicIds))),
    )
    .onConflictDoUpdate({ target: commentDepartments.commentId, set: { departmentId, dueOn } })
}

/** Takes back what single comments were given to: their clauses' departments answer for them again. */
export async function unassignComments(
  db: Database,
  consultationId: string,
  publicIds: string[],
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    takingBackComments(tx, consultationId, publicIds),
    logAct(tx, act, 'department.unassign', consultationId, { comments: publicIds }),
  ])
}

/** The statement after which comments are nobody's by themselves. */
export function takingBackComments(tx: Query, consultationId: string, publicIds: string[]): Statement {
  return tx.delete(commentDepartments).where(
    inArray(
      commentDepartments.commentId,
      tx
        .select({ id: comments.id })
        .from(comments)
        .where(and(eq(comments.consultationId, consultationId), inArray(comments.publicId, publicIds))),
    ),
  )
}
