import { and, gte, inArray, lt } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { themeProposals, versions } from '../../schema/index.ts'

/** Under which themes the portal would put comments that nobody has, by their inner ids. @param ids at most a page (1,000) */
export async function proposedThemes(db: Database, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { commentId, themeId } = themeProposals
  const rows = await db.query
    .select({ commentId, themeId })
    .from(themeProposals)
    .where(inArray(commentId, ids))
  return new Map(rows.map((row) => [row.commentId, row.themeId]))
}

/** Which of these comments have had other words before some moment of a day. @param ids at most a page (1,000) */
export async function revisedBetween(
  db: Database,
  ids: string[],
  from: Date,
  until: Date,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { commentId, replacedAt } = versions
  const rows = await db.query
    .selectDistinct({ commentId })
    .from(versions)
    .where(and(inArray(commentId, ids), gte(replacedAt, from), lt(replacedAt, until)))
  return new Set(rows.map((row) => row.commentId))
}
