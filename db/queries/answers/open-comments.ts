import { and, asc, count, eq, min } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { commentDepartments, comments, commentThemes, departments, themes } from '../../schema/index.ts'
import { isInWork, isOpen } from '../comments/answered.ts'

/** Comments without an approved answer that a department was given one by one, on one clause. */
export interface GivenOpen {
  departmentId: string
  clause: string
  count: number
  /** When the oldest came in. */
  since: Date | null
  /** The first day until which any of them is due (YYYY-MM-DD, Shanghai). */
  dueOn: string | null
}

export function givenOpen(db: Database, consultationId: string): Promise<GivenOpen[]> {
  const { departmentId, commentId, dueOn } = commentDepartments
  return db.slow
    .select({
      departmentId,
      clause: comments.clause,
      count: count(),
      since: min(comments.createdAt),
      dueOn: min(dueOn),
    })
    .from(departments)
    .innerJoin(commentDepartments, eq(departmentId, departments.id))
    .innerJoin(comments, eq(comments.id, commentId))
    .where(and(eq(departments.consultationId, consultationId), isOpen))
    .groupBy(departmentId, comments.clause)
}

/** Comments of a theme without an approved answer. */
export interface OpenOfTheme {
  themeId: string
  name: string
  count: number
  since: Date | null
}

export function openByTheme(db: Database, consultationId: string): Promise<OpenOfTheme[]> {
  return db.slow
    .select({ themeId: themes.id, name: themes.name, count: count(), since: min(comments.createdAt) })
    .from(themes)
    .innerJoin(commentThemes, eq(commentThemes.themeId, themes.id))
    .innerJoin(comments, eq(comments.id, commentThemes.commentId))
    .where(and(eq(themes.consultationId, consultationId), isOpen))
    .groupBy(themes.id, themes.name)
    .orderBy(asc(themes.name))
}

/** How many admitted comments of each clause have an answer to all that they say, but not an approved one. */
export async function inWork(db: Database, consultationId: string): Promise<Map<string, number>> {
  const rows = await db.slow
    .select({ clause: comments.clause, count: count() })
    .from(comments)
    .where(and(isInWork, eq(comments.consultationId, consultationId)))
    .groupBy(comments.clause)
  return new Map(rows.map((row) => [row.clause, row.count]))
}
