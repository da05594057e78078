import { and, asc, count, eq, inArray, notExists, or, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Act, logAct } from '../../act.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, commentThemes, themes } from '../../schema/index.ts'
import { found } from '../../search.ts'
import type { Theme } from './themes.ts'

/**
 * The admitted comments in which staff's search finds one of a theme's words, on its clause where it names one, that are not
 * under it yet.
 */
function proposed(tx: Pick<Query, 'select'>, consultationId: string, theme: Theme) {
  const tagged = tx
    .select({ one: sql`1` })
    .from(commentThemes)
    .where(and(eq(commentThemes.themeId, theme.id), eq(commentThemes.commentId, comments.id)))
  return and(
    eq(comments.consultationId, consultationId),
    inArray(comments.state, [...admittedStates]),
    theme.clause ? eq(comments.clause, theme.clause) : undefined,
    or(...theme.words.map((word) => found('staff', comments.number, word))),
    notExists(tagged),
  )
}

/** A theme without words and without a clause has no rule. */
function hasRule({ words, clause }: Theme): boolean {
  return words.length > 0 || clause !== null
}

/** How many comments a theme's rule proposes for it. */
export async function countProposed(db: Database, consultationId: string, theme: Theme): Promise<number> {
  if (!hasRule(theme)) return 0
  const [row] = await db.slow
    .select({ count: count() })
    .from(comments)
    .where(proposed(db.slow, consultationId, theme))
  return row?.count ?? 0
}

/** The first comments that a theme's rule proposes for it, in the order in which they came. */
export async function proposedComments(
  db: Database,
  consultationId: string,
  theme: Theme,
  limit: number,
): Promise<{ id: string; clause: string; body: string }[]> {
  if (!hasRule(theme)) return []
  const { id, clause, body } = comments
  return db.query
    .select({ id, clause, body })
    .from(comments)
    .where(proposed(db.query, consultationId, theme))
    .orderBy(asc(id))
    .limit(limit)
}

/** Puts all that a theme's rule proposes under it. */
export async function acceptProposed(
  db: Database,
  consultationId: string,
  theme: Theme,
  act: Act,
): Promise<void> {
  if (!hasRule(theme)) return
  await db.atomically((tx) => [
    tx
      .insert(commentThemes)
      .select(
        tx
          .select({ themeId: sql<string>`${theme.id}`.as('theme_id'), commentId: comments.id })
          .from(comments)
          .where(proposed(tx, consultationId, theme)),
      )
      .onConflictDoNothing(),
    logAct(tx, act, 'theme.accept', theme.id),
  ])
}

/** Puts comments that somebody picked under a theme; those of another consultation are left alone. */
export async function tagComments(
  db: Database,
  consultationId: string,
  themeId: string,
  publicIds: string[],
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx
      .insert(commentThemes)
      .select(
        tx
          .select({ themeId: themes.id, commentId: comments.id })
          .from(comments)
          .innerJoin(themes, eq(themes.consultationId, comments.consultationId))
          .where(
            and(
              eq(comments.consultationId, consultationId),
              eq(themes.id, themeId),
              inArray(comments.publicId, publicIds),
            ),
          ),
      )
      .onConflictDoNothing(),
    logAct(tx, act, 'theme.tag', themeId, { comments: publicIds }),
  ])
}

/** Takes comments that somebody picked out of a theme. */
export async function untagComments(
  db: Database,
  consultationId: string,
  themeId: string,
  publicIds: string[],
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(commentThemes).where(
      and(
        inArray(
          commentThemes.themeId,
          tx
            .select({ id: themes.id })
            .from(themes)
            .where(and(eq(themes.id, themeId), eq(themes.consultationId, consultationId))),
        ),
        inArray(
          commentThemes.commentId,
          tx.select({ id: comments.id }).from(comments).where(inArray(comments.publicId, publicIds)),
        ),
      ),
    ),
    logAct(tx, act, 'theme.untag', themeId, { comments: publicIds }),
  ])
}
