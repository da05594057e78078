import { asc, eq, or, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, points, splits } from '../../schema/index.ts'
import { standing } from './split-standing.ts'

/** A comment whose points are not as they have to be. */
export interface WrongSplit {
  commentId: string
  /** What follows from its points is not what is kept of it; its points lie outside its text or over one another. */
  problem: 'standing' | 'spans'
}

/** Looks at every comment that was split. */
export async function wrongSplits(db: Database): Promise<WrongSplit[]> {
  const [stale, misplaced] = await Promise.all([staleSplits(db), misplacedPoints(db)])
  return [
    ...stale.map(({ commentId }) => ({ commentId, problem: 'standing' as const })),
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
