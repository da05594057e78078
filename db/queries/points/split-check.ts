import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, points, splits } from '../../schema/index.ts'
import { answeredNow } from '../comments/answered.ts'
import { isAdmitted, refreshSplits, standing } from './split-standing.ts'

/** A comment whose points or answers are not as they have to be. */
export interface WrongSplit {
  commentId: string
  /**
   * What follows from its points is not what is kept of it; nor how far it is answered; its points lie outside its text or
   * over one another.
   */
  problem: 'standing' | 'answered' | 'spans'
}

/** Looks at every comment that was split, and how far every one that was admitted is answered. */
export async function wrongSplits(db: Database): Promise<WrongSplit[]> {
  const [stale, unlike, misplaced] = await Promise.all([
    staleSplits(db),
    wronglyAnswered(db),
    misplacedPoints(db),
  ])
  return [
    ...stale.map(({ commentId }) => ({ commentId, problem: 'standing' as const })),
    ...unlike.map(({ commentId }) => ({ commentId, problem: 'answered' as const })),
    ...[...new Set(misplaced)].map((commentId) => ({ commentId, problem: 'spans' as const })),
  ]
}

function staleSplits({ query }: Database): Promise<{ commentId: string }[]> {
  const { isOpen, unanswered, outcome } = standing(query)
  return query
    .select({ commentId: splits.commentId })
    .from(splits)
    .where(
      or(
        sql`${splits.isOpen} is distinct from ${isOpen}`,
        sql`${splits.unanswered} is distinct from ${unanswered}`,
        sql`${splits.outcome} is distinct from ${outcome}`,
      ),
    )
}

function wronglyAnswered({ query }: Database): Promise<{ commentId: string }[]> {
  return query
    .select({ commentId: comments.id })
    .from(comments)
    .where(and(isAdmitted, ne(comments.answered, answeredNow(query))))
}

/** So many comments are brought up to date in one list. */
const together = 500

/** Brings up to date what follows from points and answers; where a point lies is for a person to say. */
export async function mendSplits(db: Database, wrong: readonly WrongSplit[]): Promise<void> {
  const ids = [
    ...new Set(wrong.flatMap(({ commentId, problem }) => (problem === 'spans' ? [] : [commentId]))),
  ]
  for (let done = 0; done < ids.length; done += together)
    await db.atomically((tx) => refreshSplits(tx, { comments: ids.slice(done, done + together) }))
}

async function misplacedPoints({ query }: Database): Promise<string[]> {
  const { commentId, start, end } = points
  const rows = await query
    .select({ commentId, start, end, length: sql<number>`length(${comments.body})`.mapWith(Number) })
    .from(points)
    .innerJoin(comments, eq(comments.id, commentId))
    .orderBy(asc(commentId), asc(start))
  return rows.flatMap((row, place) => {
    const before = rows[place - 1]
    const from = before?.commentId === row.commentId ? before.end : 0
    return row.start < from || row.start >= row.end || row.end > row.length ? [row.commentId] : []
  })
}
