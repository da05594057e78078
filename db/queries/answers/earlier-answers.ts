import { and, desc, eq, inArray, isNotNull, type SQLWrapper, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, commentThemes, points, responseComments, responses } from '../../schema/index.ts'

/** An answer that was given to something of the same clause or theme. */
export interface EarlierAnswer {
  id: string
  outcome: string
  reason: string
  summary: string | null
  state: string
}

/** The newest of so many comments and points of each clause and theme are looked at. */
const newest = 200
const mostShown = 8

/**
 * Answers that are submitted or approved, to the newest comments and points of these clauses, and the newest comments of these
 * themes: the newest first, one of each outcome and reason.
 */
export async function earlierAnswers(
  db: Database,
  consultationId: string,
  { clauses, themes }: { clauses: string[]; themes: string[] },
): Promise<EarlierAnswer[]> {
  const found = await Promise.all([
    ...clauses.map((clause) => ofComments(db, consultationId, clause)),
    ...clauses.map((clause) => ofPoints(db, consultationId, clause)),
    ...themes.map((theme) => ofTheme(db, theme)),
  ])
  const ids = [...new Set(found.flat().flatMap(({ id }) => id ?? []))]
  if (ids.length === 0) return []
  const { id, outcome, reason, summary, state } = responses
  const rows = await db.slow
    .select({ id, outcome, reason, summary, state })
    .from(responses)
    .where(
      and(
        eq(responses.consultationId, consultationId),
        inArray(id, ids),
        inArray(state, ['submitted', 'approved']),
      ),
    )
    .orderBy(desc(id))
  const seen = new Set<string>()
  const isNew = ({ outcome, reason }: EarlierAnswer) => {
    const key = `${outcome} ${reason}`
    return !seen.has(key) && seen.add(key) !== null
  }
  return rows.filter(isNew).slice(0, mostShown)
}

function ofComments(db: Database, consultationId: string, clause: string) {
  const recent = db.slow
    .select({ id: recentId(comments.id) })
    .from(comments)
    .where(and(eq(comments.consultationId, consultationId), eq(comments.clause, clause)))
    .orderBy(desc(comments.id))
    .limit(newest)
    .as('recent')
  return db.slow.select({ id: answerOf(recent.id) }).from(recent)
}

/** Called by a name that no column of an answer has: it is compared with one where columns stand without their tables. */
function recentId(column: SQLWrapper) {
  return sql<string>`${column}`.as('recent_id')
}

/** Looked up one by one: PostgreSQL would go through all answers to join them. */
function answerOf(commentId: SQLWrapper) {
  return sql<string | null>`(select ${responseComments}."response_id" from ${responseComments}
    where ${responseComments}."comment_id" = ${commentId})`
}

function ofPoints(db: Database, consultationId: string, clause: string) {
  const some = db.slow
    .select({ id: points.responseId })
    .from(points)
    .where(
      and(eq(points.consultationId, consultationId), eq(points.kind, 'point'), eq(points.clause, clause)),
    )
    .orderBy(desc(points.id))
    .limit(newest)
    .as('some')
  return db.slow.select({ id: some.id }).from(some).where(isNotNull(some.id))
}

function ofTheme(db: Database, theme: string) {
  const recent = db.slow
    .select({ id: recentId(commentThemes.commentId) })
    .from(commentThemes)
    .where(eq(commentThemes.themeId, theme))
    .orderBy(desc(commentThemes.commentId))
    .limit(newest)
    .as('recent')
  return db.slow.select({ id: answerOf(recent.id) }).from(recent)
}
