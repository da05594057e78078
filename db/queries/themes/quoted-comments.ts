import { and, eq, inArray, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments, points } from '../../schema/index.ts'

/** What these comments say now, by their public ids; without those that are not admitted any more. */
export async function quotedComments(
  db: Database,
  consultationId: string,
  publicIds: readonly string[],
): Promise<Map<string, string>> {
  if (publicIds.length === 0) return new Map()
  const { publicId, body } = comments
  const rows = await db.query
    .select({ publicId, body })
    .from(comments)
    .where(
      and(
        eq(comments.consultationId, consultationId),
        inArray(publicId, [...new Set(publicIds)]),
        inArray(comments.state, [...admittedStates]),
      ),
    )
  return new Map(rows.map((row) => [row.publicId, row.body]))
}

/** What these parts of letters say now, by their ids; without those of comments that are not admitted any more. */
export async function quotedParts(
  db: Database,
  consultationId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { id, start, end } = points
  const rows = await db.query
    .select({ id, text: sql<string>`substr(${comments.body}, ${start} + 1, ${end} - ${start})` })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(
      and(
        eq(points.consultationId, consultationId),
        inArray(id, [...new Set(ids)]),
        inArray(comments.state, [...admittedStates]),
      ),
    )
  return new Map(rows.map((row) => [row.id, row.text]))
}
