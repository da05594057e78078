import { and, asc, eq, exists, inArray, or } from 'drizzle-orm'
import { ruledStates } from '../../../server/rules/moderation/comment-states.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { bulks, comments, decisions, dueDecisions } from '../../schema/index.ts'
import { unmarked } from '../faults.ts'
import type { Bulk } from './bulks.ts'
import { endDueOfBulk } from './due-decisions.ts'
import type { Reopened } from './reviews.ts'

/**
 * Takes back a whole bulk before any of it takes effect; what of it has taken effect already stays as it is, and can be
 * reopened.
 * @throws Refused where it is not under way, and nothing of it waits for that any more
 */
export async function revokeBulk(db: Database, { id }: Pick<Bulk, 'id'>, act: Act): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(bulks)
        .set({ state: 'revoked', finishedAt: act.now, dueAt: null })
        .where(
          and(
            eq(bulks.id, id),
            inArray(bulks.state, ['running', 'done', 'stopped']),
            or(eq(bulks.state, 'running'), exists(dueOf(tx, id))),
          ),
        )
        .returning({ id: bulks.id }),
    ),
    endDueOfBulk(tx, id),
    logAct(tx, act, 'bulk.revoke', id),
  ])
}

function dueOf(tx: Pick<Query, 'select'>, bulkId: string) {
  return tx.select({ id: dueDecisions.commentId }).from(dueDecisions).where(eq(dueDecisions.bulkId, bulkId))
}

/** Has all wait again that a bulk decided and that still stands so. @throws Refused where it is under way, or has been */
export async function reopenBulk(
  db: Database,
  { id }: Pick<Bulk, 'id'>,
  reopeningReason: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(bulks)
        .set({ state: 'reopening', reopeningReason })
        .where(and(eq(bulks.id, id), inArray(bulks.state, ['done', 'stopped', 'revoked'])))
        .returning({ id: bulks.id }),
    ),
    // What has not taken effect need not.
    endDueOfBulk(tx, id),
    logAct(tx, act, 'bulk.reopen', id),
  ])
}

/** The bulks that are being reopened, without those that are marked. */
export async function reopeningBulks(db: Database, most: number): Promise<string[]> {
  const rows = await db.query
    .select({ id: bulks.id })
    .from(bulks)
    .where(and(eq(bulks.state, 'reopening'), unmarked(db.query, 'bulk_reopenings', bulks.id)))
    .orderBy(asc(bulks.id))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** A bulk that is being reopened; null where it is not. */
export async function reopeningBulk(db: Database, id: string): Promise<Bulk | null> {
  const [row] = await db.query
    .select()
    .from(bulks)
    .where(and(eq(bulks.id, id), eq(bulks.state, 'reopening')))
  return row ?? null
}

/** The first comments whose state a bulk's decision still is. */
export function standingOf(db: Database, bulkId: string, most: number): Promise<Reopened[]> {
  const { id, number, consultationId, clause, stance, state, review } = comments
  return db.query
    .select({ id, number, consultationId, clause, stance, state, review })
    .from(decisions)
    .innerJoin(comments, and(eq(comments.id, decisions.commentId), eq(review, decisions.review)))
    .where(and(eq(decisions.bulkId, bulkId), inArray(state, [...ruledStates])))
    .orderBy(asc(decisions.id))
    .limit(most)
}

/** Notes that all of a bulk has been reopened. */
export async function endReopening(db: Database, id: string): Promise<void> {
  await db.atomically((tx) => [
    tx
      .update(bulks)
      .set({ state: 'reopened' })
      .where(and(eq(bulks.id, id), eq(bulks.state, 'reopening'))),
  ])
}
