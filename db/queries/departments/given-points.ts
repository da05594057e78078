import { and, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { commentDepartments, comments, departments, points, splits } from '../../schema/index.ts'
import { departmentIsOpen } from '../points/open-departments.ts'
import { givingComments, takingBackComments } from './comment-departments.ts'

/** Points of comments that were split, and comments that are one point by their public ids. */
export interface GivenPoints {
  points: string[]
  comments: string[]
}

/** How many of these points stand in a concern: whoever answers that answers them. */
export async function countGathered(db: Database, consultationId: string, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0
  const [row] = await db.query
    .select({ count: count() })
    .from(points)
    .where(
      and(eq(points.consultationId, consultationId), inArray(points.id, ids), isNotNull(points.concernId)),
    )
  return row?.count ?? 0
}

/**
 * Gives points that stand in no concern to a department until a day, all at once.
 * @param to without a department they are taken back: their clauses' departments answer for them
 * @throws Refused where the department is not there, or answers no more
 */
export async function givePoints(
  db: Database,
  to: { consultationId: string; departmentId: string | null; dueOn: string | null },
  given: GivenPoints,
  act: Act,
): Promise<void> {
  const { consultationId, departmentId, dueOn } = to
  const meant = and(
    eq(points.consultationId, consultationId),
    eq(points.kind, 'point'),
    isNull(points.concernId),
    inArray(points.id, given.points),
  )
  await db.atomically((tx) => [
    ...(departmentId ? [departmentIsOpen(tx, { consultationId, departmentId })] : []),
    // Whoever has one of these letters open is told before they part it anew.
    tx
      .update(splits)
      .set({ revision: sql`${splits.revision} + 1` })
      .where(inArray(splits.commentId, tx.select({ id: points.commentId }).from(points).where(meant))),
    tx.update(points).set({ departmentId, dueOn }).where(meant),
    departmentId
      ? givingComments(tx, { consultationId, departmentId }, { publicIds: given.comments, dueOn })
      : takingBackComments(tx, consultationId, given.comments),
    logAct(
      tx,
      act,
      departmentId ? 'department.assign' : 'department.unassign',
      departmentId ?? consultationId,
      { ...given, dueOn },
    ),
  ])
}

/** To whom something was given by itself, and until when. */
export interface GivenTo {
  name: string
  dueOn: string | null
}

/** To whom each of these was given by itself, by the point's id or the comment's public one. */
export async function departmentsOfPoints(db: Database, given: GivenPoints): Promise<Map<string, GivenTo>> {
  const { name } = departments
  const [parts, whole] = await Promise.all([
    given.points.length === 0
      ? []
      : db.query
          .select({ id: points.id, name, dueOn: points.dueOn })
          .from(points)
          .innerJoin(departments, eq(departments.id, points.departmentId))
          .where(inArray(points.id, given.points)),
    given.comments.length === 0
      ? []
      : db.query
          .select({ id: comments.publicId, name, dueOn: commentDepartments.dueOn })
          .from(comments)
          .innerJoin(commentDepartments, eq(commentDepartments.commentId, comments.id))
          .innerJoin(departments, eq(departments.id, commentDepartments.departmentId))
          .where(inArray(comments.publicId, given.comments)),
  ])
  return new Map([...parts, ...whole].map(({ id, ...to }) => [id, to]))
}
