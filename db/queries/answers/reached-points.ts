import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, commentThemes, points } from '../../schema/index.ts'
import { type AnswerTarget, besideThem, unansweredComments, unansweredPoints } from './answer-targets.ts'

/** What an answer would be for: a comment that is one point, or a part of one. */
export interface ReachedPoint {
  commentId: string
  publicId: string
  /** The part's; null for a whole comment. */
  pointId: string | null
  clause: string
  text: string
}

/** The first points that an answer to this target would reach: parts of comments, then whole ones clause by clause. */
export async function reachedPoints(
  db: Database,
  consultationId: string,
  target: AnswerTarget,
  limit: number,
): Promise<ReachedPoint[]> {
  if (target.kind === 'comments' || target.kind === 'reading')
    return reachedComments(db, consultationId, target, limit)
  const { id, commentId, clause, start, end } = points
  const parts = await db.slow
    .select({
      ...{ commentId, publicId: comments.publicId, pointId: id, clause },
      text: sql<string>`substr(${comments.body}, ${start} + 1, ${end} - ${start})`,
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, commentId))
    .where(unansweredPoints(db.slow, consultationId, target))
    .orderBy(asc(id))
    .limit(limit)
  const beside = besideThem(target)
  if (!beside || parts.length === limit) return parts
  return [...parts, ...(await reachedComments(db, consultationId, beside, limit - parts.length))]
}

/** In the order of the index of what is unanswered, so that no more is read than is wanted. */
async function reachedComments(
  db: Database,
  consultationId: string,
  target: AnswerTarget & { kind: 'comments' | 'reading' },
  limit: number,
): Promise<ReachedPoint[]> {
  const { id, publicId, clause, body } = comments
  const rows = await db.slow
    .select({ commentId: id, publicId, clause, text: body })
    .from(comments)
    .where(unansweredComments(db.slow, consultationId, target))
    .orderBy(asc(clause), asc(id))
    .limit(limit)
  return rows.map((row) => ({ ...row, pointId: null }))
}

/** The themes under which any of these comments stands. @param commentIds at most a page of them */
export async function themesAmong(db: Database, commentIds: string[]): Promise<string[]> {
  if (commentIds.length === 0) return []
  const rows = await db.query
    .selectDistinct({ id: commentThemes.themeId })
    .from(commentThemes)
    .where(inArray(commentThemes.commentId, commentIds))
  return rows.map(({ id }) => id)
}
