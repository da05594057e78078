import { and, eq, exists, inArray, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
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
import { isOnePoint } from '../comments/answered-points.ts'

type Selects = Pick<Reads, 'select'>

/**
 * The conditions that something is a department's: what it was given by itself goes before the clause, and whatever was
 * refused, or waits to be judged or parted, is nobody's.
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
  return and(
    eq(points.consultationId, consultationId),
    eq(points.kind, 'point'),
    isNull(points.concernId),
    isAdmitted,
    or(
      eq(points.departmentId, departmentId),
      and(isNull(points.departmentId), isGivenOrByClause(tx, departmentId, points)),
    ),
  )
}

/** The same of a comment that is one point. */
export function isTheirComment(tx: Selects, consultationId: string, departmentId: string): SQL | undefined {
  const { id, clause } = comments
  return and(
    eq(comments.consultationId, consultationId),
    isAdmitted,
    isOnePoint(tx),
    isGivenOrByClause(tx, departmentId, { commentId: id, clause }),
  )
}

function isGivenOrByClause(
  tx: Selects,
  departmentId: string,
  { commentId, clause }: { commentId: typeof comments.id | typeof points.commentId; clause: ClauseColumn },
): SQL | undefined {
  const given = eq(commentDepartments.commentId, commentId)
  const one = { one: sql`1` }
  return or(
    exists(
      tx
        .select(one)
        .from(commentDepartments)
        .where(and(given, eq(commentDepartments.departmentId, departmentId))),
    ),
    and(
      notExists(tx.select(one).from(commentDepartments).where(given)),
      exists(
        tx
          .select(one)
          .from(clauseDepartments)
          .where(and(eq(clauseDepartments.departmentId, departmentId), eq(clauseDepartments.clause, clause))),
      ),
    ),
  )
}

type ClauseColumn = typeof comments.clause | typeof points.clause

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
