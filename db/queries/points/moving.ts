import { randomUUID } from 'node:crypto'
import { and, eq, inArray, isNull, ne, notExists, or, type SQL, sql } from 'drizzle-orm'
import { type Moved, mostUndone } from '../../../server/rules/points/moved.ts'
import type { Act } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import {
  concernMoves,
  concerns,
  points,
  responses,
  revisedWordings,
  wordingConcerns,
} from '../../schema/index.ts'

/**
 * The statements that put points into a concern, or into none, in a list that counts them anew. They leave the draft of the
 * concern in which they were; what has no answer then comes under the draft of the one into which they come, never under an
 * answer whose approver has not read them.
 */
export function movedInto(tx: Query, concernId: string | null, meant: SQL | undefined): Statement[] {
  const unapproved = inArray(responses.state, ['draft', 'submitted'])
  const left = tx
    .select({ id: responses.id })
    .from(responses)
    .where(and(eq(responses.id, points.responseId), eq(responses.concernId, points.concernId), unapproved))
  const draft = tx
    .select({ id: responses.id })
    .from(responses)
    .where(and(eq(responses.concernId, concernId ?? ''), unapproved))
    .limit(1)
  return [
    tx
      .update(points)
      .set({ responseId: null })
      .where(and(meant, ne(points.concernId, concernId ?? ''), inArray(points.responseId, left))),
    ...(concernId === null
      ? []
      : [
          tx
            .update(points)
            .set({ responseId: sql`(${draft})` })
            .where(and(meant, isNull(points.responseId))),
        ]),
    // Last: what is meant may be told by the concern in which they were.
    tx.update(points).set({ concernId, objectedAt: null, upheldBy: null }).where(meant),
  ]
}

/**
 * The statement that refuses a list where points are not where they were seen, or leave a concern under whose approved answer
 * they stand: their author has been told that. It stands behind the one that holds them.
 * @param from the concern in which they were seen; null: wherever they are
 */
export function movable(
  tx: Query,
  { pointIds, into, from }: { pointIds: string[]; into: string; from: string | null },
) {
  const isElsewhere = from === null ? undefined : sql`coalesce(${points.concernId}, '') <> ${from}`
  const isSettled = and(ne(points.concernId, into), eq(responses.state, 'approved'))
  const barred = tx
    .select({ one: sql`1` })
    .from(points)
    .leftJoin(responses, eq(responses.id, points.responseId))
    .where(and(inArray(points.id, pointIds), or(isElsewhere, isSettled)))
  return must(
    'stale',
    tx
      .select({ id: concerns.id })
      .from(concerns)
      .where(and(eq(concerns.id, into), notExists(barred))),
  )
}

/** The statements that keep what was done to the points of a concern, instead of what was done before. */
export function keepMove(tx: Query, concernId: string, moved: Moved, { staffId, now }: Act): Statement[] {
  if (moved.points.length + moved.comments.length > mostUndone)
    return [tx.delete(concernMoves).where(eq(concernMoves.concernId, concernId))]
  const move = { id: randomUUID(), moved, staffId, movedAt: now }
  return [
    tx
      .insert(concernMoves)
      .values({ concernId, ...move })
      .onConflictDoUpdate({ target: concernMoves.concernId, set: move }),
  ]
}

/** The statements after which a concern is behind these wordings too, as far as they are there. */
export function behindToo(tx: Query, concernId: string, wordingIds: string[]): Statement[] {
  if (wordingIds.length === 0) return []
  const behind = tx
    .select({
      wordingId: revisedWordings.id,
      concernId: sql<string>`cast(${concernId} as text)`.as('concern_id'),
    })
    .from(revisedWordings)
    .where(inArray(revisedWordings.id, wordingIds))
  return [tx.insert(wordingConcerns).select(behind).onConflictDoNothing()]
}
