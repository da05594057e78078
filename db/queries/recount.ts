import { count } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { commentCounts, comments } from '../schema/index.ts'
import type { Cell } from './comment-counts.ts'

/** A counter that does not say how many comments there are. */
export interface WrongCount {
  cell: Cell
  kept: number
  counted: number
}

/** Every counter that a recount of all comments contradicts. */
export async function wrongCounts(db: Database): Promise<WrongCount[]> {
  const cell = {
    consultationId: comments.consultationId,
    clause: comments.clause,
    stance: comments.stance,
    state: comments.state,
  }
  const [counted, kept] = await Promise.all([
    db.query
      .select({ ...cell, count: count() })
      .from(comments)
      .groupBy(...Object.values(cell)),
    db.query.select().from(commentCounts),
  ])
  const wrong = new Map<string, WrongCount>()
  for (const { count, ...cell } of counted) wrong.set(keyOf(cell), { cell, counted: count, kept: 0 })
  for (const { count, ...cell } of kept) {
    const key = keyOf(cell)
    wrong.set(key, { cell, counted: wrong.get(key)?.counted ?? 0, kept: count })
  }
  return [...wrong.values()].filter(({ counted, kept }) => counted !== kept)
}

/** Sets the counters to what was counted. Comments that come in meanwhile are counted as they come. */
export async function mendCounts(db: Database, wrong: readonly WrongCount[]): Promise<void> {
  await db.atomically((tx) =>
    wrong.map(({ cell, counted }) =>
      tx
        .insert(commentCounts)
        .values({ ...cell, count: counted })
        .onConflictDoUpdate({
          target: [
            commentCounts.consultationId,
            commentCounts.clause,
            commentCounts.stance,
            commentCounts.state,
          ],
          set: { count: counted },
        }),
    ),
  )
}

function keyOf({ consultationId, clause, stance, state }: Cell): string {
  return JSON.stringify([consultationId, clause, stance, state])
}
