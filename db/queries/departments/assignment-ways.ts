import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { clauseDepartments, commentDepartments, comments, points } from '../../schema/index.ts'
import { type Way, wayToComments, wayToPoints } from '../points/ways.ts'

interface Asked {
  consultationId: string
  departmentId: string
}

/** What was given by itself, then clause by clause: so a page costs what it shows, however much there is. */
export function waysToComments(
  db: Database,
  { consultationId, departmentId }: Asked,
  clauses: string[],
): Way[] {
  const { id } = comments
  const given = inArray(id, givenComments(db, departmentId))
  const ways = [
    given,
    ...clauses.map((clause) =>
      and(eq(comments.consultationId, consultationId), eq(comments.clause, clause), isGivenToNobody(db, id)),
    ),
  ]
  return ways.map((by) => wayToComments(db, by))
}

/** The same of points: given by themselves, with their comment, by their clause. */
export function waysToPoints(
  db: Database,
  { consultationId, departmentId }: Asked,
  clauses: string[],
): Way[] {
  const byNoOther = isNull(points.departmentId)
  const ways = [
    eq(points.departmentId, departmentId),
    and(byNoOther, inArray(points.commentId, givenComments(db, departmentId))),
    ...clauses.map((clause) =>
      and(
        byNoOther,
        eq(points.consultationId, consultationId),
        eq(points.kind, 'point'),
        eq(points.clause, clause),
        isGivenToNobody(db, points.commentId),
      ),
    ),
  ]
  return ways.map((by) => wayToPoints(db, by, 'id'))
}

function givenComments({ query }: Database, departmentId: string) {
  return query
    .select({ id: commentDepartments.commentId })
    .from(commentDepartments)
    .where(eq(commentDepartments.departmentId, departmentId))
}

function isGivenToNobody({ query }: Database, commentId: typeof comments.id | typeof points.commentId) {
  return notExists(
    query.select({ one: sql`1` }).from(commentDepartments).where(eq(commentDepartments.commentId, commentId)),
  )
}

/** The clauses that a department was given, in the order of their keys. */
export async function clausesOf({ query }: Database, departmentId: string): Promise<string[]> {
  const rows = await query
    .select({ clause: clauseDepartments.clause })
    .from(clauseDepartments)
    .where(eq(clauseDepartments.departmentId, departmentId))
  const inOrder = new Intl.Collator('en', { numeric: true })
  return rows.map(({ clause }) => clause).sort(inOrder.compare)
}
