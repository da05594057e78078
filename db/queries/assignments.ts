import { and, asc, count, eq, inArray, isNotNull, lt, notExists, sql } from 'drizzle-orm'
import { admittedStates } from '../../server/rules/responses.ts'
import { type Database, must } from '../open.ts'
import {
  clauseDepartments,
  commentDepartments,
  comments,
  departmentStaff,
  departments,
  log,
  responseComments,
} from '../schema/index.ts'

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

/** The departments of a consultation in which a member of staff works. */
export async function departmentsOfStaff(
  db: Database,
  consultationId: string,
  staffId: string,
): Promise<string[]> {
  const rows = await db.query
    .select({ id: departments.id })
    .from(departmentStaff)
    .innerJoin(departments, eq(departments.id, departmentStaff.departmentId))
    .where(and(eq(departments.consultationId, consultationId), eq(departmentStaff.staffId, staffId)))
  return rows.map(({ id }) => id)
}

/** Comments that a department was given one by one: how many, and how many of them are unanswered after their day. */
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
  const answered = db.query
    .select({ one: sql`1` })
    .from(responseComments)
    .where(eq(responseComments.commentId, commentId))
  const open = and(inArray(comments.state, [...admittedStates]), notExists(answered))
  const late = and(open, isNotNull(dueOn), lt(dueOn, today))
  return db.query
    .select({
      departmentId,
      count: count(),
      unanswered: sql`sum(case when ${open} then 1 else 0 end)`.mapWith(Number),
      overdue: sql`sum(case when ${late} then 1 else 0 end)`.mapWith(Number),
    })
    .from(commentDepartments)
    .innerJoin(departments, eq(departments.id, departmentId))
    .innerJoin(comments, eq(comments.id, commentId))
    .where(eq(departments.consultationId, consultationId))
    .groupBy(departmentId)
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
    must(found(tx, consultationId, departmentId)),
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

/** Takes a clause away from a department. @throws Refused where it has not got it */
export async function unassignClause(
  db: Database,
  departmentId: string,
  clause: string,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .delete(clauseDepartments)
        .where(and(eq(clauseDepartments.departmentId, departmentId), eq(clauseDepartments.clause, clause)))
        .returning({ clause: clauseDepartments.clause }),
    ),
    tx
      .insert(log)
      .values({ at: now, staffId, act: 'department.unassign', subject: departmentId, detail: { clause } }),
  ])
}

/**
 * Gives single comments to a department until a day, whatever their clauses' departments are; those of another
 * consultation are left alone. @throws Refused where the department is not there
 */
export async function assignComments(
  db: Database,
  consultationId: string,
  departmentId: string,
  commentIds: string[],
  dueOn: string | null,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(found(tx, consultationId, departmentId)),
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
          .where(and(eq(comments.consultationId, consultationId), inArray(comments.id, commentIds))),
      )
      .onConflictDoUpdate({ target: commentDepartments.commentId, set: { departmentId, dueOn } }),
    tx.insert(log).values({
      at: now,
      staffId,
      act: 'department.assign',
      subject: departmentId,
      detail: { comments: commentIds, dueOn },
    }),
  ])
}

/** Takes back what single comments were given to: their clauses' departments answer for them again. */
export async function unassignComments(
  db: Database,
  consultationId: string,
  commentIds: string[],
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(commentDepartments).where(
      inArray(
        commentDepartments.commentId,
        tx
          .select({ id: comments.id })
          .from(comments)
          .where(and(eq(comments.consultationId, consultationId), inArray(comments.id, commentIds))),
      ),
    ),
    tx.insert(log).values({
      at: now,
      staffId,
      act: 'department.unassign',
      subject: consultationId,
      detail: { comments: commentIds },
    }),
  ])
}

function found(tx: Pick<Database['query'], 'update'>, consultationId: string, departmentId: string) {
  return tx
    .update(departments)
    .set({ id: departmentId })
    .where(and(eq(departments.id, departmentId), eq(departments.consultationId, consultationId)))
    .returning({ id: departments.id })
}
