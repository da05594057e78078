import { and, eq, inArray, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments, commentThemes, submissions, themes } from '../../schema/index.ts'

/** How many admitted comments are under a theme, of one stance and from one place. */
export interface ThemeCell {
  themeId: string
  stance: string
  region: string
  count: number
}

/** Under themes, by stance and by where they come from; a comment under two themes is counted in both. */
export function themeCells(db: Database, consultationId: string): Promise<ThemeCell[]> {
  const { themeId } = commentThemes
  const { stance } = comments
  const { region } = submissions
  return db.slow
    .select({
      themeId,
      stance,
      region: sql<string>`coalesce(${region}, '')`,
      count: sql`count(*)`.mapWith(Number),
    })
    .from(themes)
    .innerJoin(commentThemes, eq(themeId, themes.id))
    .innerJoin(comments, eq(comments.id, commentThemes.commentId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(and(eq(themes.consultationId, consultationId), inArray(comments.state, [...admittedStates])))
    .groupBy(themeId, stance, region)
}
