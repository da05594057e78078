import { and, asc, eq, exists, inArray, ne, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, commentThemes, themeProposals, themeReadings, themes } from '../../schema/index.ts'
import { countTowardsLearning } from './theme-learning.ts'

/** A comment that is to be put under a theme, or under none. */
export interface CommentToSort {
  publicId: string
  clause: string
  stance: string
  body: string
  /** What the portal proposes; null where somebody else has put it under a theme and it is not to be told. */
  proposal: { themeId: string; confidence: number; words: string[] } | null
}

const place = alias(themeProposals, 'place')
const passed = alias(comments, 'passed')
const read = {
  publicId: comments.publicId,
  clause: comments.clause,
  stance: comments.stance,
  body: comments.body,
}

/**
 * The comment of whose theme the portal is least certain.
 * @param after the public id of the one that was passed over; null: the first
 */
export async function leastCertain(
  db: Database,
  consultationId: string,
  after: string | null,
): Promise<CommentToSort | null> {
  const { commentId, themeId, confidence, words } = themeProposals
  const passedOver = db.query
    .select({ at: sql`(${place.confidence}, ${place.commentId})` })
    .from(place)
    .innerJoin(passed, eq(passed.id, place.commentId))
    .where(and(eq(passed.consultationId, consultationId), eq(passed.publicId, after ?? '')))
  const under = db.query
    .select({ one: sql`1` })
    .from(commentThemes)
    .where(eq(commentThemes.commentId, commentId))
  const [row] = await db.query
    .select({ ...read, themeId, confidence, words })
    .from(themeProposals)
    .innerJoin(comments, eq(comments.id, commentId))
    .where(
      and(
        eq(themeProposals.consultationId, consultationId),
        inArray(comments.state, [...admittedStates]),
        notExists(under),
        after === null ? undefined : sql`(${confidence}, ${commentId}) > (${passedOver})`,
      ),
    )
    .orderBy(asc(confidence), asc(commentId))
    .limit(1)
  if (!row) return null
  const { themeId: theme, confidence: sure, words: decided, ...comment } = row
  return { ...comment, proposal: { themeId: theme, confidence: sure, words: decided } }
}

const mine = alias(themeReadings, 'mine')

/** A comment that somebody else has read for its theme and this person has not: who agrees is known only of what two read. */
export async function readByAnother(
  db: Database,
  consultationId: string,
  staffId: string,
): Promise<CommentToSort | null> {
  const own = db.query
    .select({ one: sql`1` })
    .from(mine)
    .where(and(eq(mine.commentId, themeReadings.commentId), eq(mine.staffId, staffId)))
  const [row] = await db.query
    .select(read)
    .from(themeReadings)
    .innerJoin(comments, eq(comments.id, themeReadings.commentId))
    .where(
      and(
        eq(themeReadings.consultationId, consultationId),
        ne(themeReadings.staffId, staffId),
        notExists(own),
        inArray(comments.state, [...admittedStates]),
      ),
    )
    .orderBy(asc(themeReadings.commentId))
    .limit(1)
  return row ? { ...row, proposal: null } : null
}

/** What a person says of a comment: a theme, or none. */
export interface SaidTheme {
  publicId: string
  themeId: string | null
  /** What the portal had proposed; null where it was not shown. */
  proposedId: string | null
  /** Somebody else has put it under a theme: what is said now is kept beside that, and changes nothing. */
  isAgain: boolean
}

/**
 * Keeps what a person says of a comment, and puts it under the theme; the proposal is gone.
 * @throws Refused where the comment is not admitted, or the theme is not there any more
 */
export async function sayTheme(
  db: Database,
  consultationId: string,
  { publicId, themeId, proposedId, isAgain }: SaidTheme,
  act: Act,
): Promise<void> {
  const { staffId, now } = act
  const said = { themeId, proposedId, readAt: now }
  await db.atomically((tx) => {
    const meant = and(
      eq(comments.consultationId, consultationId),
      eq(comments.publicId, publicId),
      inArray(comments.state, [...admittedStates]),
      themeId === null
        ? undefined
        : exists(
            tx
              .select({ one: sql`1` })
              .from(themes)
              .where(and(eq(themes.id, themeId), eq(themes.consultationId, consultationId))),
          ),
    )
    const ofComment = tx.select({ id: comments.id }).from(comments).where(meant)
    return [
      must(
        'gone',
        tx
          .insert(themeReadings)
          .select(
            tx
              .select({
                commentId: comments.id,
                staffId: sql<string>`${staffId}`.as('staff_id'),
                consultationId: comments.consultationId,
                themeId: sql<string | null>`${themeId}`.as('theme_id'),
                proposedId: sql<string | null>`${proposedId}`.as('proposed_id'),
                readAt: sql<Date>`${sql.param(now, themeReadings.readAt)}`.as('read_at'),
              })
              .from(comments)
              .where(meant),
          )
          .onConflictDoUpdate({ target: [themeReadings.commentId, themeReadings.staffId], set: said })
          .returning({ id: themeReadings.commentId }),
      ),
      ...(isAgain ? [] : [tx.delete(themeProposals).where(inArray(themeProposals.commentId, ofComment))]),
      ...(isAgain || themeId === null
        ? []
        : [
            tx
              .insert(commentThemes)
              .select(
                tx
                  .select({ themeId: sql<string>`${themeId}`.as('theme_id'), commentId: comments.id })
                  .from(comments)
                  .where(meant),
              )
              .onConflictDoNothing(),
          ]),
      countTowardsLearning(tx, consultationId, now),
      logAct(tx, act, isAgain ? 'theme.read_again' : 'theme.read', themeId ?? consultationId, {
        comments: [publicId],
      }),
    ]
  })
}
