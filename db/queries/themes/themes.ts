import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { orTaken } from '../../refused.ts'
import { commentThemes, concerns, points, themeProposals, themes } from '../../schema/index.ts'
import { keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'

export interface Theme {
  id: string
  name: string
  words: string[]
  clause: string | null
}

export interface CountedTheme extends Theme {
  comments: number
}

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

/** Their names alone, in order, without counting what is under them. */
export function themeNames(
  { query }: Database,
  consultationId: string,
): Promise<{ id: string; name: string }[]> {
  const { id, name } = themes
  return query
    .select({ id, name })
    .from(themes)
    .where(eq(themes.consultationId, consultationId))
    .orderBy(asc(name))
}

/** @throws Refused where the consultation has a theme of this name */
export async function addTheme(
  db: Database,
  consultationId: string,
  { id, name, words, clause }: Theme,
  act: Act,
): Promise<void> {
  const theme = { name, words, clause }
  await db.atomically((tx) => [
    must(
      'taken',
      tx
        .insert(themes)
        .values({ consultationId, id, ...theme, createdAt: act.now })
        .onConflictDoNothing()
        .returning({ id: themes.id }),
    ),
    ...keepVersion(tx, versioned(consultationId, id), { opened: 0, said: theme }, act),
    logAct(tx, act, 'theme.add', id),
  ])
}

/**
 * Gives a theme another name or rule; what is under it stays.
 * @param theme with the revision that is changed
 * @throws Refused where it is not there, or somebody has changed it since, or the name is taken
 */
export async function changeTheme(
  db: Database,
  consultationId: string,
  { id, revision, name, words, clause }: Theme & { revision: number },
  act: Act,
): Promise<void> {
  const theme = { name, words, clause }
  await db
    .atomically((tx) => [
      must(
        'gone',
        tx
          .update(themes)
          .set(theme)
          .where(and(eq(themes.id, id), eq(themes.consultationId, consultationId)))
          .returning({ id: themes.id }),
      ),
      ...keepVersion(tx, versioned(consultationId, id), { opened: revision, said: theme }, act),
      logAct(tx, act, 'theme.change', id, { revision: revision + 1 }),
    ])
    .catch(orTaken)
}

/** Removes a theme; its comments, points and concerns are under it no longer. @throws Refused where it is not there */
export async function removeTheme(db: Database, consultationId: string, id: string, act: Act): Promise<void> {
  const here = and(eq(themes.id, id), eq(themes.consultationId, consultationId))
  await db.atomically((tx) => [
    tx
      .delete(commentThemes)
      .where(inArray(commentThemes.themeId, tx.select({ id: themes.id }).from(themes).where(here))),
    ...pointsMoved(tx, id, null),
    tx
      .delete(themeProposals)
      .where(inArray(themeProposals.themeId, tx.select({ id: themes.id }).from(themes).where(here))),
    must('gone', tx.delete(themes).where(here).returning({ id: themes.id })),
    keepRemoval(tx, versioned(consultationId, id), act),
    logAct(tx, act, 'theme.remove', id),
  ])
}

/** Moves all comments, points and concerns of one theme under another and removes it. @throws Refused where either is not there */
export async function mergeThemes(
  db: Database,
  consultationId: string,
  { from, into }: { from: string; into: string },
  act: Act,
): Promise<void> {
  const here = (id: string) => and(eq(themes.id, id), eq(themes.consultationId, consultationId))
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(themes)
        .set({ name: sql`${themes.name}` })
        .where(here(into))
        .returning({ id: themes.id }),
    ),
    tx
      .insert(commentThemes)
      .select(
        tx
          .select({ themeId: sql<string>`${into}`.as('theme_id'), commentId: commentThemes.commentId })
          .from(commentThemes)
          .innerJoin(themes, eq(themes.id, commentThemes.themeId))
          .where(here(from)),
      )
      .onConflictDoNothing(),
    tx.delete(commentThemes).where(eq(commentThemes.themeId, from)),
    ...pointsMoved(tx, from, into),
    tx.delete(themeProposals).where(eq(themeProposals.themeId, from)),
    must('gone', tx.delete(themes).where(here(from)).returning({ id: themes.id })),
    keepRemoval(tx, versioned(consultationId, from), act),
    logAct(tx, act, 'theme.merge', from, { into }),
  ])
}

/** The statements that put what of points and concerns is under a theme under another, or under none, in a list that holds the theme. */
function pointsMoved(tx: Query, from: string, themeId: string | null): Statement[] {
  return [
    tx.update(points).set({ themeId }).where(eq(points.themeId, from)),
    tx.update(concerns).set({ themeId }).where(eq(concerns.themeId, from)),
  ]
}

function versioned(consultationId: string, row: string): Versioned {
  return { consultationId, kind: 'theme', row }
}
