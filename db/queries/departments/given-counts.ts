import { and, count, eq, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { AssignmentKind } from '../../../server/rules/departments/assignments.ts'
import type { Database } from '../../database.ts'
import { commentDepartments, comments, concerns, departments, points, responses } from '../../schema/index.ts'
import { isOpen } from '../comments/answered.ts'
import { isAdmitted } from '../points/split-standing.ts'

/** What a department was given by itself: how many of a kind, and how many of them have no approved answer after their day. */
export interface GivenCount {
  departmentId: string
  kind: AssignmentKind
  count: number
  unanswered: number
  overdue: number
}

/** Costs what was given by itself, so not on the thread that serves. @param today YYYY-MM-DD in Shanghai */
export async function givenCounts(
  db: Database,
  consultationId: string,
  today: string,
): Promise<GivenCount[]> {
  const [ofConcerns, ofPoints, ofComments] = await Promise.all([
    givenConcerns(db, consultationId, today),
    givenPoints(db, consultationId, today),
    givenComments(db, consultationId, today),
  ])
  return [
    ...ofConcerns.map((row) => ({ ...row, kind: 'concern' as const })),
    ...ofPoints.map((row) => ({ ...row, kind: 'point' as const })),
    ...ofComments.map((row) => ({ ...row, kind: 'comment' as const })),
  ]
}

function counts(
  open: SQL,
  dueOn: typeof points.dueOn | typeof concerns.dueOn | typeof commentDepartments.dueOn,
  today: string,
) {
  const late = and(open, isNotNull(dueOn), lt(dueOn, today))
  return {
    count: count(),
    unanswered: sql`sum(case when ${open} then 1 else 0 end)`.mapWith(Number),
    overdue: sql`sum(case when ${late} then 1 else 0 end)`.mapWith(Number),
  }
}

function givenComments({ slow }: Database, consultationId: string, today: string) {
  const { departmentId, commentId, dueOn } = commentDepartments
  return slow
    .select({ departmentId, ...counts(isOpen, dueOn, today) })
    .from(commentDepartments)
    .innerJoin(departments, eq(departments.id, departmentId))
    .innerJoin(comments, eq(comments.id, commentId))
    .where(eq(departments.consultationId, consultationId))
    .groupBy(departmentId)
}

/** Those that are in no concern: it is its department that answers for the others. */
function givenPoints({ slow }: Database, consultationId: string, today: string) {
  const open = sql`(${or(isNull(responses.id), ne(responses.state, 'approved'))})`
  return slow
    .select({ departmentId: departments.id, ...counts(open, points.dueOn, today) })
    .from(departments)
    .innerJoin(points, eq(points.departmentId, departments.id))
    .innerJoin(comments, eq(comments.id, points.commentId))
    .leftJoin(responses, eq(responses.id, points.responseId))
    .where(and(eq(departments.consultationId, consultationId), isNull(points.concernId), isAdmitted))
    .groupBy(departments.id)
}

/** One is open while any of its points has no approved answer. */
function givenConcerns({ slow }: Database, consultationId: string, today: string) {
  const open = sql`exists (select 1 from ${points} inner join ${comments} on ${comments.id} = ${points.commentId}
    left join ${responses} on ${responses.id} = ${points.responseId}
    where ${points.concernId} = ${concerns.id} and ${isAdmitted} and coalesce(${responses.state}, '') <> 'approved')`
  return slow
    .select({ departmentId: departments.id, ...counts(open, concerns.dueOn, today) })
    .from(departments)
    .innerJoin(concerns, eq(concerns.departmentId, departments.id))
    .where(eq(departments.consultationId, consultationId))
    .groupBy(departments.id)
}
