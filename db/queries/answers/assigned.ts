import { and, eq, exists, inArray, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Reads } from '../../atomically.ts'
import {
  clauseDepartments,
  commentDepartments,
  comments,
  concerns,
  cosignatures,
  points,
} from '../../schema/index.ts'
import { hasPoints, waits } from '../comments/answered-points.ts'

type Selects = Pick<Reads, 'select'>

/**
 * The conditions that something is a department's: what it was given by itself goes before the clause, and whatever was
 * refused, or waits to be judged or parted, is nobody's. Each way is a list of its own, so that each is found by an index.
 */
export function isTheirConcern(tx: Selects, consultationId: string, departmentId: string): SQL | undefined {
  const { id } = concerns
  const given = tx.select({ id }).from(concerns).where(eq(concerns.departmentId, departmentId))
  const byClause = tx
    .select({ id })
    .from(clauseDepartments)
    .innerJoin(
      concerns,
      and(eq(concerns.clause, clauseDepartments.clause), eq(concerns.consultationId, consultationId)),
    )
    .where(and(eq(clauseDepartments.departmentId, departmentId), isNull(concerns.departmentId)))
  return and(eq(concerns.consultationId, consultationId), inArray(id, given.unionAll(byClause)))
}

/** The condition that a department was asked to sign a concern, whoever answers it. */
export function isTheirsToSign(tx: Selects, consultationId: string, departmentId: string): SQL | undefined {
  const asked = tx
    .select({ id: cosignatures.concernId })
    .from(cosignatures)
    .where(eq(cosignatures.departmentId, departmentId))
  return and(eq(concerns.consultationId, consultationId), inArray(concerns.id, asked))
}

/** The same as the first of a point that is in no concern; to be read beside its comment. */
export function isTheirPoint(tx: Selects, consultationId: string, departmentId: string): SQL | undefined {
  const { id } = points
  const given = tx.select({ id }).from(points).where(eq(points.departmentId, departmentId))
  const byComment = tx
    .select({ id })
    .from(commentDepartments)
    .innerJoin(points, eq(points.commentId, commentDepartments.commentId))
    .where(and(eq(commentDepartments.departmentId, departmentId), isNull(points.departmentId)))
  const byClause = tx
    .select({ id })
    .from(clauseDepartments)
    .innerJoin(
      points,
      and(
        eq(points.consultationId, consultationId),
        eq(points.kind, 'point'),
        eq(points.clause, clauseDepartments.clause),
      ),
    )
    .where(
      and(
        eq(clauseDepartments.departmentId, departmentId),
        isNull(points.departmentId),
        notExists(givenAlone(tx, points.commentId)),
      ),
    )
  return and(
    eq(points.consultationId, consultationId),
    eq(points.kind, 'point'),
    isNull(points.concernId),
    isAdmitted,
    inArray(id, given.unionAll(byComment).unionAll(byClause)),
  )
}

/** The same of a comment that is one point. */
export function isTheirComment(tx: Selects, consultationId: string, departmentId: string): SQL | undefined {
  const { id } = comments
  const given = tx
    .select({ id: commentDepartments.commentId })
    .from(commentDepartments)
    .where(eq(commentDepartments.departmentId, departmentId))
  const byClause = tx
    .select({ id })
    .from(clauseDepartments)
    .innerJoin(
      comments,
      and(
        eq(comments.consultationId, consultationId),
        eq(comments.clause, clauseDepartments.clause),
        isAdmitted,
      ),
    )
    .where(and(eq(clauseDepartments.departmentId, departmentId), notExists(givenAlone(tx, comments.id))))
  return and(
    eq(comments.consultationId, consultationId),
    isAdmitted,
    sql`not ${hasPoints(tx)}`,
    sql`not ${waits(tx)}`,
    inArray(id, given.unionAll(byClause)),
  )
}

function givenAlone(tx: Selects, commentId: typeof comments.id | typeof points.commentId) {
  return tx
    .select({ one: sql`1` })
    .from(commentDepartments)
    .where(eq(commentDepartments.commentId, commentId))
}

export const isAdmitted = inArray(comments.state, [...admittedStates])

/** The condition that some point of a concern, of an admitted comment, has no answer in any state. */
export function concernIsOpen(tx: Selects): SQL {
  return exists(
    tx
      .select({ one: sql`1` })
      .from(points)
      .innerJoin(comments, eq(comments.id, points.commentId))
      .where(and(eq(points.concernId, concerns.id), isNull(points.responseId), isAdmitted)),
  )
}
