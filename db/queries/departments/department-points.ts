import { and, count, eq, inArray, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { commentDepartments, comments, concerns, departments, points, splits } from '../../schema/index.ts'
import type { DepartmentOf } from '../points/open-departments.ts'
import { isAdmitted } from '../points/split-standing.ts'
import { type PointWays, wayToPoints } from '../points/ways.ts'
import { waysToComments } from './assignment-ways.ts'

/*
 * Who answers for a point: the department of the concern into which it was gathered, else its own, else that of its comment,
 * else that of its clause.
 */

/** To all for which a department answers. @param clauses those that it was given */
export function waysByDepartment(db: Database, asked: DepartmentOf, clauses: string[]): PointWays {
  const { consultationId, departmentId } = asked
  const given = db.query
    .select({ id: commentDepartments.commentId })
    .from(commentDepartments)
    .where(eq(commentDepartments.departmentId, departmentId))
  const gathered = db.query
    .select({ id: concerns.id })
    .from(concerns)
    .where(eq(concerns.departmentId, departmentId))
  const byNoOther = and(isNull(points.departmentId), isGatheredForNobody(db))
  return {
    parts: [
      wayToPoints(db, inArray(points.concernId, gathered), 'id'),
      wayToPoints(db, and(eq(points.departmentId, departmentId), isGatheredForNobody(db)), 'id'),
      wayToPoints(db, and(byNoOther, inArray(points.commentId, given)), 'letter'),
      ...clauses.map((clause) =>
        wayToPoints(
          db,
          and(
            byNoOther,
            eq(points.consultationId, consultationId),
            eq(points.kind, 'point'),
            eq(points.clause, clause),
            isGivenToNobody(db),
          ),
          'id',
        ),
      ),
    ],
    whole: waysToComments(db, asked, clauses),
  }
}

/** Points that are a department's whatever their clause is. */
export interface GivenPoints {
  departmentId: string
  clause: string
  stance: string
  count: number
}

/** Costs what was given by itself, so not on the thread that serves. */
export async function givenPoints(db: Database, consultationId: string): Promise<GivenPoints[]> {
  const rows = await Promise.all([
    gatheredFor(db, consultationId),
    givenAlone(db, consultationId),
    givenWithLetters(db, consultationId),
    givenWhole(db, consultationId),
  ])
  return rows.flat()
}

/*
 * Each begins with the departments, in this order: a cross join is not turned about, as one would be where a department was
 * given nothing yet, and from the points all of the consultation would be read.
 */

const ofPoint = { departmentId: departments.id, clause: points.clause, stance: points.stance, count: count() }
const cell = [departments.id, points.clause, points.stance] as const

function gatheredFor({ slow }: Database, consultationId: string): Promise<GivenPoints[]> {
  return slow
    .select(ofPoint)
    .from(departments)
    .innerJoin(concerns, eq(concerns.departmentId, departments.id))
    .crossJoin(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(
      and(
        eq(departments.consultationId, consultationId),
        eq(points.concernId, concerns.id),
        eq(points.kind, 'point'),
        isAdmitted,
      ),
    )
    .groupBy(...cell)
}

function givenAlone({ slow }: Database, consultationId: string): Promise<GivenPoints[]> {
  return slow
    .select(ofPoint)
    .from(departments)
    .crossJoin(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .leftJoin(concerns, eq(concerns.id, points.concernId))
    .where(
      and(
        eq(departments.consultationId, consultationId),
        eq(points.departmentId, departments.id),
        eq(points.kind, 'point'),
        isNull(concerns.departmentId),
        isAdmitted,
      ),
    )
    .groupBy(...cell)
}

function givenWithLetters({ slow }: Database, consultationId: string): Promise<GivenPoints[]> {
  return slow
    .select(ofPoint)
    .from(departments)
    .innerJoin(commentDepartments, eq(commentDepartments.departmentId, departments.id))
    .crossJoin(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .leftJoin(concerns, eq(concerns.id, points.concernId))
    .where(
      and(
        eq(departments.consultationId, consultationId),
        eq(points.commentId, commentDepartments.commentId),
        eq(points.kind, 'point'),
        isNull(points.departmentId),
        isNull(concerns.departmentId),
        isAdmitted,
      ),
    )
    .groupBy(...cell)
}

function givenWhole({ slow }: Database, consultationId: string): Promise<GivenPoints[]> {
  const { departmentId } = commentDepartments
  const { clause, stance } = comments
  return slow
    .select({ departmentId, clause, stance, count: count() })
    .from(departments)
    .innerJoin(commentDepartments, eq(departmentId, departments.id))
    .innerJoin(comments, eq(comments.id, commentDepartments.commentId))
    .leftJoin(splits, eq(splits.commentId, comments.id))
    .where(
      and(
        eq(departments.consultationId, consultationId),
        sql`coalesce(${splits.state}, '') <> 'split'`,
        isAdmitted,
      ),
    )
    .groupBy(departmentId, clause, stance)
}

/** The condition that a point's concern, where it has one, is no department's by itself. */
function isGatheredForNobody({ query }: Database): SQL | undefined {
  const theirs = query
    .select({ one: sql`1` })
    .from(concerns)
    .where(and(eq(concerns.id, points.concernId), sql`${concerns.departmentId} is not null`))
  return or(isNull(points.concernId), notExists(theirs))
}

function isGivenToNobody({ query }: Database): SQL {
  return notExists(
    query
      .select({ one: sql`1` })
      .from(commentDepartments)
      .where(eq(commentDepartments.commentId, points.commentId)),
  )
}
