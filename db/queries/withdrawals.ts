import { and, eq } from 'drizzle-orm'
import { type Database, must } from '../open.ts'
import { comments } from '../schema/index.ts'
import { addToCounts } from './comment-counts.ts'
import { revise } from './consultations.ts'

export interface Withdrawn {
  id: string
  consultationId: string
  clause: string
  stance: string
  /** The state it was in when its author asked. */
  state: string
}

/**
 * Takes a comment back at its author's wish: it leaves the pages at once and stays counted as withdrawn.
 * @throws Refused where its state has changed meanwhile
 */
export async function withdraw(db: Database, comment: Withdrawn): Promise<void> {
  const { id, consultationId, clause, stance, state } = comment
  const cell = { consultationId, clause, stance }
  await db.atomically((tx) => [
    must(
      tx
        .update(comments)
        .set({ state: 'withdrawn' })
        .where(and(eq(comments.id, id), eq(comments.state, state)))
        .returning({ id: comments.id }),
    ),
    ...addToCounts(tx, [
      { cell: { ...cell, state }, by: -1 },
      { cell: { ...cell, state: 'withdrawn' }, by: 1 },
    ]),
    revise(tx, consultationId),
  ])
}
