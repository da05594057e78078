import { and, asc, count, eq, exists, gt, inArray, isNull, not, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { ruleOf } from '../../../server/rules/themes/theme-rule.ts'
import { type Act, logAct } from '../../act.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, commentThemes, points, themes } from '../../schema/index.ts'
import { found } from '../../search.ts'
import { countTowardsLearning } from './theme-learning.ts'
import type { Theme } from './themes.ts'

const earlier = alias(comments, 'earlier')

/**
 * The admitted comments in which staff's search finds what a theme's words ask for, on its clause where it names one, that
 * are not under it yet.
 */
function proposed(tx: Pick<Query, 'select'>, consultationId: string, theme: Theme) {
  const { any, none } = ruleOf(theme.words)
  const has = (word: string) => found('staff', comments.number, word)
  const tagged = tx
    .select({ one: sql`1` })
    .from(commentThemes)
    .where(and(eq(commentThemes.themeId, theme.id), eq(commentThemes.commentId, comments.id)))
  return and(
    eq(comments.consultationId, consultationId),
    inArray(comments.state, [...admittedStates]),
    theme.clause ? eq(comments.clause, theme.clause) : undefined,
    or(...any.map((all) => and(...all.map(has)))),
    ...none.map((word) => not(has(word))),
    notExists(tagged),
  )
}

/** A theme that asks for no words and is of no clause has no rule: what has not a word is no theme. */
function hasRule({ words, clause }: Theme): boolean {
  return ruleOf(words).any.length > 0 || clause !== null
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

/**
 * A page of the comments that a theme's rule proposes for it, in the order in which they came.
 * @param after the public id of the comment after which it goes on; null: from the first
 */
export async function proposedComments(
  db: Database,
  consultationId: string,
  theme: Theme,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ publicId: string; clause: string; body: string }[]> {
  if (!hasRule(theme)) return []
  const { id, publicId, clause, body } = comments
  const place = db.query
    .select({ id: earlier.id })
    .from(earlier)
    .where(and(eq(earlier.consultationId, consultationId), eq(earlier.publicId, after ?? '')))
  return db.query
    .select({ publicId, clause, body })
    .from(comments)
    .where(
      and(proposed(db.query, consultationId, theme), after === null ? undefined : gt(id, sql`(${place})`)),
    )
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
    countTowardsLearning(tx, consultationId, act.now),
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
    countTowardsLearning(tx, consultationId, act.now),
    logAct(tx, act, 'theme.tag', themeId, { comments: publicIds }),
  ])
}

/** Puts parts of letters that are under no theme under one; those that somebody has put elsewhere meanwhile stay there. */
export async function tagParts(
  db: Database,
  consultationId: string,
  themeId: string,
  ids: string[],
  act: Act,
): Promise<void> {
  if (ids.length === 0) return
  await db.atomically((tx) => [
    tx
      .update(points)
      .set({ themeId })
      .where(
        and(
          eq(points.consultationId, consultationId),
          inArray(points.id, ids),
          isNull(points.themeId),
          exists(
            tx
              .select({ one: sql`1` })
              .from(themes)
              .where(and(eq(themes.id, themeId), eq(themes.consultationId, consultationId))),
          ),
        ),
      ),
    countTowardsLearning(tx, consultationId, act.now),
    logAct(tx, act, 'theme.tag', themeId, { points: ids }),
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
