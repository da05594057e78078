import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import {
  points,
  revisedWordings,
  wordingComments,
  wordingConcerns,
  wordingPoints,
} from '../../schema/index.ts'

/** The clause of a round whose approved wording something helped to change. */
export interface Changed {
  round: number
  clause: string
}

/** What some comments were ticked as having helped to change, by the comment's id. */
export async function changedByComments(db: Database, commentIds: string[]): Promise<Map<string, Changed>> {
  const { clause, round } = revisedWordings
  const ticked = await db.query
    .select({ id: wordingComments.commentId, clause, round })
    .from(wordingComments)
    .innerJoin(revisedWordings, eq(revisedWordings.id, wordingComments.wordingId))
    .where(and(inArray(wordingComments.commentId, commentIds), eq(revisedWordings.isApproved, true)))
  return byId(ticked)
}

/** What each point of some comments helped to change, by the point's id: it was ticked, or its concern was. */
export async function changedByPoints(db: Database, commentIds: string[]): Promise<Map<string, Changed>> {
  const { clause, round } = revisedWordings
  const ofThese = and(inArray(points.commentId, commentIds), eq(revisedWordings.isApproved, true))
  const [gathered, ticked] = await Promise.all([
    db.query
      .select({ id: points.id, clause, round })
      .from(points)
      .innerJoin(wordingConcerns, eq(wordingConcerns.concernId, points.concernId))
      .innerJoin(revisedWordings, eq(revisedWordings.id, wordingConcerns.wordingId))
      .where(ofThese),
    db.query
      .select({ id: points.id, clause, round })
      .from(points)
      .innerJoin(wordingPoints, eq(wordingPoints.pointId, points.id))
      .innerJoin(revisedWordings, eq(revisedWordings.id, wordingPoints.wordingId))
      .where(ofThese),
  ])
  return byId([...gathered, ...ticked])
}

function byId(changes: readonly (Changed & { id: string })[]): Map<string, Changed> {
  return new Map(changes.map(({ id, clause, round }) => [id, { clause, round }]))
}
