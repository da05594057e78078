import { and, eq, inArray } from 'drizzle-orm'
import { assignmentKey } from '../../../server/rules/answers/assignments.ts'
import type { Database } from '../../database.ts'
import { clauseDepartments, commentDepartments, comments } from '../../schema/index.ts'
import type { Assignment } from './assigned-things.ts'
import { grantedDays } from './department-requests.ts'

/**
 * Until when a department has to answer each of these things, by its key: the day that the office granted goes before the
 * comment's own, and that before its clause's.
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
      const isAlone = one.kind === 'comment' && own.has(one.target)
      const given = isAlone ? own.get(one.target) : clauses.get(one.clause)
      const dueOn = days.get(key) ?? given ?? null
      return dueOn === null ? [] : [[key, dueOn] as const]
    }),
  )
}

async function ownDays(db: Database, departmentId: string, assignments: Assignment[]) {
  const publicIds = assignments.flatMap(({ kind, target }) => (kind === 'comment' ? [target] : []))
  if (publicIds.length === 0) return new Map<string, string | null>()
  const rows = await db.query
    .select({ publicId: comments.publicId, dueOn: commentDepartments.dueOn })
    .from(commentDepartments)
    .innerJoin(comments, eq(comments.id, commentDepartments.commentId))
    .where(and(eq(commentDepartments.departmentId, departmentId), inArray(comments.publicId, publicIds)))
  return new Map(rows.map(({ publicId, dueOn }) => [publicId, dueOn]))
}
