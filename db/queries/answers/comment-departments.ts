import { and, count, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { commentDepartments, comments, departments } from '../../schema/index.ts'
import { isOpen } from '../comments/answered.ts'
import { type DepartmentOf, departmentIsThere } from './clause-departments.ts'

/** Comments that a department was given one by one: how many, and how many of them have no approved answer after their day. */
export interface GivenComments {
  departmentId: string
  count: number
  unanswered: number
  overdue: number
}

/** @param today YYYY-MM-DD in Shanghai */
export async function givenComments(
  db: Database,
  consultationId: string,
  today: string,
): Promise<GivenComments[]> {
  const { departmentId, commentId, dueOn } = commentDepartments
  const late = and(isOpen, isNotNull(dueOn), lt(dueOn, today))
  return db.slow
    .select({
      departmentId,
      count: count(),
      unanswered: sql`sum(case when ${isOpen} then 1 else 0 end)`.mapWith(Number),
      overdue: sql`sum(case when ${late} then 1 else 0 end)`.mapWith(Number),
    })
    .from(commentDepartments)
    .innerJoin(departments, eq(departments.id, departmentId))
    .innerJoin(comments, eq(comments.id, commentId))
    .where(eq(departments.consultationId, consultationId))
    .groupBy(departmentId)
}

/**
 * Gives single comments to a department until a day, whatever their clauses' departments are; those of another
 * consultation are left alone. @throws Refused where the department is not there
 */
export async function assignComments(
  db: Database,
  department: DepartmentOf,
  { publicIds, dueOn }: { publicIds: string[]; dueOn: string | null },
  act: Act,
): Promise<void> {
  const { consultationId, departmentId } = department
  await db.atomically((tx) => [
    departmentIsThere(tx, department),
    tx
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
      .onConflictDoUpdate({ target: commentDepartments.commentId, set: { departmentId, dueOn } }),
    logAct(tx, act, 'department.assign', departmentId, { comments: publicIds, dueOn }),
  ])
}

/** Takes back what single comments were given to: their clauses' departments answer for them again. */
export async function unassignComments(
  db: Database,
  consultationId: string,
  publicIds: string[],
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(commentDepartments).where(
      inArray(
        commentDepartments.commentId,
        tx
          .select({ id: comments.id })
          .from(comments)
          .where(and(eq(comments.consultationId, consultationId), inArray(comments.publicId, publicIds))),
      ),
    ),
    logAct(tx, act, 'department.unassign', consultationId, { comments: publicIds }),
  ])
}
