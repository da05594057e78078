import { and, eq, inArray } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments } from '../../schema/index.ts'

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
