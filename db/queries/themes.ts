import { and, asc, count, eq, inArray, like, notExists, or, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Database, must } from '../open.ts'
import { comments, commentThemes, log, themes } from '../schema/index.ts'

export interface Theme {
  id: string
  name: string
  words: string[]
  clause: string | null
}

export interface CountedTheme extends Theme {
  comments: number
}

type Tx = Parameters<Parameters<Database['atomically']>[0]>[0]

/** A consultation's themes with how many comments a person has put under each, the fullest first. */
export async function themesOf(db: Database, consultationId: string): Promise<CountedTheme[]> {
  const { id, name, words, clause } = themes
  const rows = await db.query
    .select({ id, name, words, clause, comments: count(commentThemes.commentId) })
    .from(themes)
    .leftJoin(commentThemes, eq(commentThemes.themeId, id))
    .where(eq(themes.consultationId, consultationId))
    .groupBy(id)
    .orderBy(asc(name))
  return rows.sort((a, b) => b.comments - a.comments)
}

/** @throws Refused where the consultation has a theme of this name */
export async function addTheme(
  db: Database,
  consultationId: string,
  theme: Omit<Theme, 'id'>,
  staffId: string,
  now: Date,
): Promise<void> {
  const id = uuid()
  await db.atomically((tx) => [
    must(
      tx
        .insert(themes)
        .values({ id, consultationId, ...theme, createdAt: now })
        .onConflictDoNothing()
        .returning({ id: themes.id }),
    ),
    tx.insert(log).values({ at: now, staffId, act: 'theme.add', subject: id, detail: {} }),
  ])
}

/** The comments that have one of a theme's words, on its clause where it names one, and are not under it yet. */
function proposed(tx: Pick<Tx, 'select'>, consultationId: string, theme: Theme) {
  const tagged = tx
    .select({ one: sql`1` })
    .from(commentThemes)
    .where(and(eq(commentThemes.themeId, theme.id), eq(commentThemes.commentId, comments.id)))
  return and(
    eq(comments.consultationId, consultationId),
    theme.clause ? eq(comments.clause, theme.clause) : undefined,
    or(...theme.words.map((word) => like(comments.body, `%${word.replace(/[\\%_]/g, '')}%`))),
    notExists(tagged),
  )
}

/** How many comments a theme's rule proposes for it. A rule without words proposes none. */
export async function countProposed(db: Database, consultationId: string, theme: Theme): Promise<number> {
  if (theme.words.length === 0) return 0
  const [row] = await db.query
    .select({ count: count() })
    .from(comments)
    .where(proposed(db.query, consultationId, theme))
  return row?.count ?? 0
}

/** Puts all that a theme's rule proposes under it. */
export async function acceptProposed(
  db: Database,
  consultationId: string,
  theme: Theme,
  staffId: string,
  now: Date,
): Promise<void> {
  if (theme.words.length === 0) return
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
    tx.insert(log).values({ at: now, staffId, act: 'theme.accept', subject: theme.id, detail: {} }),
  ])
}

/** Puts comments that somebody picked under a theme; those of another consultation are left alone. */
export async function tagComments(
  db: Database,
  consultationId: string,
  themeId: string,
  commentIds: string[],
): Promise<void> {
  await db.query
    .insert(commentThemes)
    .select(
      db.query
        .select({ themeId: sql<string>`${themeId}`.as('theme_id'), commentId: comments.id })
        .from(comments)
        .where(and(eq(comments.consultationId, consultationId), inArray(comments.id, commentIds))),
    )
    .onConflictDoNothing()
}

/** Moves all comments of one theme under another and removes it. @throws Refused where either is not there */
export async function mergeThemes(
  db: Database,
  consultationId: string,
  fromId: string,
  intoId: string,
  staffId: string,
  now: Date,
): Promise<void> {
  const here = (id: string) => and(eq(themes.id, id), eq(themes.consultationId, consultationId))
  await db.atomically((tx) => [
    must(
      tx
        .update(themes)
        .set({ name: sql`${themes.name}` })
        .where(here(intoId))
        .returning({ id: themes.id }),
    ),
    tx
      .insert(commentThemes)
      .select(
        tx
          .select({ themeId: sql<string>`${intoId}`.as('theme_id'), commentId: commentThemes.commentId })
          .from(commentThemes)
          .innerJoin(themes, eq(themes.id, commentThemes.themeId))
          .where(here(fromId)),
      )
      .onConflictDoNothing(),
    tx.delete(commentThemes).where(eq(commentThemes.themeId, fromId)),
    must(tx.delete(themes).where(here(fromId)).returning({ id: themes.id })),
    tx
      .insert(log)
      .values({ at: now, staffId, act: 'theme.merge', subject: fromId, detail: { into: intoId } }),
  ])
}
