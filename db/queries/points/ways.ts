import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, commentThemes, points } from '../../schema/index.ts'

/**
 * A way by which things are found, which an index follows in their order; and whether the thing at which a page begins was
 * found by it. Each thing is found by one way alone.
 */
export interface Way {
  by: SQL | undefined
  leadsTo(target: string): Promise<boolean>
}

/** A way to parts of comments, in the order of their ids, or letter by letter as they stand in each. */
export interface PointWay extends Way {
  order: 'id' | 'letter'
}

/** The ways to parts of comments, and to comments that are one point. */
export interface PointWays {
  parts: PointWay[]
  whole: Way[]
}

/** A page of what is found by one way after another, from behind the thing at which the page before ended. */
export async function inTurn<Row, Of extends Way>(
  ways: readonly Of[],
  behind: string | null,
  limit: number,
  read: (way: Of, behind: string | null, rest: number) => Promise<Row[]>,
): Promise<Row[]> {
  const found: Row[] = []
  let from = behind
  for (const way of ways) {
    if (found.length >= limit) break
    if (from !== null && !(await way.leadsTo(from))) continue
    found.push(...(await read(way, from, limit - found.length)))
    from = null
  }
  return found
}

export function wayToPoints({ query }: Database, by: SQL | undefined, order: PointWay['order']): PointWay {
  const { id } = points
  const here = (target: string) =>
    query
      .select({ id })
      .from(points)
      .where(and(eq(id, target), by))
  return { by, order, leadsTo: async (target) => (await here(target)).length > 0 }
}

export function wayToComments({ query }: Database, by: SQL | undefined): Way {
  const { id, publicId } = comments
  const here = (target: string) =>
    query
      .select({ id })
      .from(comments)
      .where(and(eq(publicId, target), by))
  return { by, leadsTo: async (target) => (await here(target)).length > 0 }
}

/** To what is about a clause. */
export function waysByClause(db: Database, clause: string): PointWays {
  return {
    parts: [wayToPoints(db, eq(points.clause, clause), 'id')],
    whole: [wayToComments(db, eq(comments.clause, clause))],
  }
}

/** To what is under a theme: by itself, or with its comment. */
export function waysByTheme(db: Database, themeId: string): PointWays {
  const under = db.query
    .select({ id: commentThemes.commentId })
    .from(commentThemes)
    .where(eq(commentThemes.themeId, themeId))
  return {
    parts: [
      wayToPoints(db, eq(points.themeId, themeId), 'id'),
      wayToPoints(db, and(isNull(points.themeId), inArray(points.commentId, under)), 'letter'),
    ],
    whole: [wayToComments(db, inArray(comments.id, under))],
  }
}

/** What stands behind a point in the order of its way. */
export function behindPoint({ order }: PointWay, point: string): SQL {
  return order === 'id'
    ? sql`${points.id} > ${point}`
    : sql`(${points.commentId}, ${points.start}) > (select p.comment_id, p.start from points p where p.id = ${point})`
}
