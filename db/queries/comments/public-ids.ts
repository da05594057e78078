import { eq, inArray } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments } from '../../schema/index.ts'

/** What pages call those of these that are the inner ids of comments, by the inner one. */
export async function publicIds(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { id, publicId } = comments
  const rows = await db.query
    .select({ id, publicId })
    .from(comments)
    .where(inArray(id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row.publicId]))
}

/** The inner id of the comment with this public one; null where there is none. */
export async function innerId(db: Database, publicId: string): Promise<string | null> {
  const [row] = await db.query
    .select({ id: comments.id })
    .from(comments)
    .where(eq(comments.publicId, publicId))
  return row?.id ?? null
}
