import { and, count, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, commentThemes, points, splits, themes } from '../../schema/index.ts'
import { isAdmitted } from '../points/split-standing.ts'

/** How many points of one stance are under a theme. */
export interface ThemePoints {
  themeId: string
  stance: string
  count: number
}

/**
 * Points of admitted comments under themes, by themselves or with their comment, as `waysByTheme` finds them. Costs what is
 * under the themes, so not on the thread that serves.
 */
export async function themePoints(db: Database, consultationId: string): Promise<ThemePoints[]> {
  const counted = await Promise.all([
    ownThemes(db, consultationId),
    themesOfLetters(db, consultationId),
    themesOfWhole(db, consultationId),
  ])
  return counted.flat()
}

function ownThemes({ slow }: Database, consultationId: string): Promise<ThemePoints[]> {
  const { themeId, stance } = points
  return slow
    .select({ themeId: sql<string>`${themeId}`, stance, count: count() })
    .from(themes)
    .innerJoin(points, eq(themeId, themes.id))
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(eq(themes.consultationId, consultationId), eq(points.kind, 'point'), isAdmitted))
    .groupBy(themeId, stance)
}

function themesOfLetters({ slow }: Database, consultationId: string): Promise<ThemePoints[]> {
  const { themeId } = commentThemes
  const { stance } = points
  return slow
    .select({ themeId, stance, count: count() })
    .from(themes)
    .innerJoin(commentThemes, eq(themeId, themes.id))
    .innerJoin(points, eq(points.commentId, commentThemes.commentId))
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(
      and(
        eq(themes.consultationId, consultationId),
        eq(points.kind, 'point'),
        isNull(points.themeId),
        isAdmitted,
      ),
    )
    .groupBy(themeId, stance)
}

function themesOfWhole({ slow }: Database, consultationId: string): Promise<ThemePoints[]> {
  const { themeId } = commentThemes
  const { stance } = comments
  return slow
    .select({ themeId, stance, count: count() })
    .from(themes)
    .innerJoin(commentThemes, eq(themeId, themes.id))
    .innerJoin(comments, eq(comments.id, commentThemes.commentId))
    .leftJoin(splits, eq(splits.commentId, comments.id))
    .where(
      and(
        eq(themes.consultationId, consultationId),
        sql`coalesce(${splits.state}, '') <> 'split'`,
        isAdmitted,
      ),
    )
    .groupBy(themeId, stance)
}
