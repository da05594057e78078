import { and, asc, count, countDistinct, eq, inArray, isNull, min, type SQL } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import {
  commentDepartments,
  comments,
  commentThemes,
  departments,
  points,
  responseComments,
  responses,
  splits,
  themes,
} from '../../schema/index.ts'
import { isOpen } from '../comments/answered.ts'

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
  const [whole, parted] = await Promise.all([
    inWorkWhole(db, consultationId),
    inWorkParted(db, consultationId),
  ])
  const sum = new Map<string, number>()
  for (const { clause, count } of [...whole, ...parted]) sum.set(clause, (sum.get(clause) ?? 0) + count)
  return sum
}

function inWorkWhole(db: Database, consultationId: string) {
  return db.slow
    .select({ clause: comments.clause, count: count() })
    .from(responses)
    .innerJoin(responseComments, eq(responseComments.responseId, responses.id))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(isInWork(consultationId))
    .groupBy(comments.clause)
}

/** Of those that were split: every point has an answer, and at least one of these is not approved. */
function inWorkParted(db: Database, consultationId: string) {
  return db.slow
    .select({ clause: comments.clause, count: countDistinct(comments.id) })
    .from(responses)
    .innerJoin(points, eq(points.responseId, responses.id))
    .innerJoin(comments, eq(comments.id, points.commentId))
    .innerJoin(splits, eq(splits.commentId, comments.id))
    .where(and(isInWork(consultationId), eq(splits.unanswered, 0), isNull(splits.outcome)))
    .groupBy(comments.clause)
}

function isInWork(consultationId: string): SQL | undefined {
  return and(
    eq(responses.consultationId, consultationId),
    inArray(responses.state, ['draft', 'submitted']),
    inArray(comments.state, [...admittedStates]),
  )
}
