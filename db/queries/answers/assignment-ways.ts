import { and, eq, inArray, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { clauseDepartments, commentDepartments, comments, points } from '../../schema/index.ts'

interface Asked {
  consultationId: string
  departmentId: string
}

/**
 * A way by which things become a department's, which an index follows in the order of their ids; and whether the thing at
 * which a page begins was found by it. Each thing is found by one way alone.
 */
interface Way {
  by: SQL | undefined
  leadsTo(target: string): Promise<boolean>
}

/** What was given by itself, then clause by clause: so a page costs what it shows, however much there is. */
export function waysToComments(
  db: Database,
  { consultationId, departmentId }: Asked,
  clauses: string[],
): Way[] {
  const { id, publicId } = comments
  const given = inArray(id, givenComments(db, departmentId))
  const ways = [
    given,
    ...clauses.map((clause) =>
      and(eq(comments.consultationId, consultationId), eq(comments.clause, clause), isGivenToNobody(db, id)),
    ),
  ]
  return ways.map((by) => ({
    by,
    leadsTo: async (target) =>
      (
        await db.query
          .select({ id })
          .from(comments)
          .where(and(eq(publicId, target), by))
      ).length > 0,
  }))
}

/** The same of points: given by themselves, with their comment, by their clause. */
export function waysToPoints(
  db: Database,
  { consultationId, departmentId }: Asked,
  clauses: string[],
): Way[] {
  const { id } = points
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
  return ways.map((by) => ({
    by,
    leadsTo: async (target) =>
      (
        await db.query
          .select({ id })
          .from(points)
          .where(and(eq(id, target), by))
      ).length > 0,
  }))
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

/** A page of what is found by one way after another, from behind the thing at which the page before ended. */
export async function inTurn<Row>(
  ways: readonly Way[],
  behind: string | null,
  limit: number,
  read: (by: SQL | undefined, behind: string | null, rest: number) => Promise<Row[]>,
): Promise<Row[]> {
  const found: Row[] = []
  let from = behind
  for (const { by, leadsTo } of ways) {
    if (found.length >= limit) break
    if (from !== null && !(await leadsTo(from))) continue
    found.push(...(await read(by, from, limit - found.length)))
    from = null
  }
  return found
}
