import { and, eq, inArray } from 'drizzle-orm'
import { type AssignmentKind, assignmentKey } from '../../../server/rules/departments/assignments.ts'
import type { Database } from '../../database.ts'
import { clauseDepartments, commentDepartments, comments, concerns, points } from '../../schema/index.ts'
import type { Assignment } from './assigned-things.ts'
import { grantedDays } from './department-requests.ts'

/**
 * Until when a department has to answer each of these things, by its key: the day that the office granted goes before the
 * thing's own, that before its comment's, and that before its clause's.
 */
export async function assignmentDays(
  db: Database,
  departmentId: string,
  assignments: Assignment[],
): Promise<Map<string, string>> {
  if (assignments.length === 0) return new Map()
  const [byClause, own, granted] = await Promise.all([
    db.query
      .select({ clause: clauseDepartments.clause, dueOn: clauseDepartments.dueOn })
      .from(clauseDepartments)
      .where(eq(clauseDepartments.departmentId, departmentId)),
    ownDays(db, departmentId, assignments),
    grantedDays(db, departmentId, assignments),
  ])
  const clauses = new Map(byClause.map(({ clause, dueOn }) => [clause, dueOn]))
  const days = new Map(granted.map((one) => [assignmentKey(one), one.dueOn]))
  return new Map(
    assignments.flatMap((one) => {
      const key = assignmentKey(one)
      const given = own.has(key) ? own.get(key) : clauses.get(one.clause)
      const dueOn = days.get(key) ?? given ?? null
      return dueOn === null ? [] : [[key, dueOn] as const]
    }),
  )
}

/** The days of those that were given to the department by themselves, or with their comment; without one a comment alone has none. */
async function ownDays(db: Database, departmentId: string, assignments: Assignment[]) {
  const targets = (kind: AssignmentKind) =>
    assignments.flatMap((one) => (one.kind === kind ? [one.target] : []))
  const ids = { comment: targets('comment'), point: targets('point'), concern: targets('concern') }
  const { query } = db
  const rows = await Promise.all([
    read('comment', ids.comment, () =>
      query
        .select({ target: comments.publicId, dueOn: commentDepartments.dueOn })
        .from(commentDepartments)
        .innerJoin(comments, eq(comments.id, commentDepartments.commentId))
        .where(
          and(eq(commentDepartments.departmentId, departmentId), inArray(comments.publicId, ids.comment)),
        ),
    ),
    read('point', ids.point, () =>
      query
        .select({ target: points.id, dueOn: commentDepartments.dueOn })
        .from(commentDepartments)
        .innerJoin(points, eq(points.commentId, commentDepartments.commentId))
        .where(and(eq(commentDepartments.departmentId, departmentId), inArray(points.id, ids.point))),
    ),
    read('point', ids.point, () =>
      query
        .select({ target: points.id, dueOn: points.dueOn })
        .from(points)
        .where(and(eq(points.departmentId, departmentId), inArray(points.id, ids.point))),
    ),
    read('concern', ids.concern, () =>
      query
        .select({ target: concerns.id, dueOn: concerns.dueOn })
        .from(concerns)
        .where(and(eq(concerns.departmentId, departmentId), inArray(concerns.id, ids.concern))),
    ),
  ])
  return new Map(rows.flat().filter(([key, dueOn]) => dueOn !== null || key.startsWith('comment.')))
}

async function read(
  kind: AssignmentKind,
  ids: string[],
  select: () => PromiseLike<{ target: string; dueOn: string | null }[]>,
): Promise<[key: string, dueOn: string | null][]> {
  if (ids.length === 0) return []
  return (await select()).map(({ target, dueOn }) => [assignmentKey({ kind, target }), dueOn])
}
