import { and, eq, gt, ne, notExists, sql } from 'drizzle-orm'
import type { Ruling } from '../../../server/rules/moderation/decision-form.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Reads } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { heldRow } from '../../held-row.ts'
import { claims, comments, dueDecisions } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import type { CommentToJudge } from './comment-to-judge.ts'
import { type Deciders, sealedDecision } from './kept-decisions.ts'

/**
 * Keeps a decision until it is due. The comment waits meanwhile, and nobody else decides on it.
 * @param seen the examination that was read
 * @throws Refused where it waits no more, was revised, is claimed by somebody else, or is decided already
 */
export async function defer(
  db: Database,
  seals: Seals,
  comment: CommentToJudge,
  ruling: Ruling,
  seen: { revision: number },
  deciders: Deciders,
  { now, dueAt }: { now: Date; dueAt: Date },
): Promise<void> {
  const { id: commentId, review, consultationId, clause, stance } = comment
  const actor = deciders.agreedBy ?? deciders.staffId
  const row = {
    ...{ commentId, consultationId, clause, stance, staffId: actor, bulkId: deciders.bulkId ?? null },
    ...{ createdAt: now, dueAt },
  }
  const read = { id: commentId, review, version: ruling.version, actor, now }
  await atomicallySealed(db, seals, (tx) => [
    must('stale', holdWaiting(tx, read)),
    must(
      'stale',
      insertDue(tx, {
        ...row,
        ruling: sealedDecision(seals, commentId, { ...deciders, review, ruling, revision: seen.revision }),
      }),
    ),
    letGo(tx, { commentId }),
  ])
}

const insertDue = filled((tx: Query, row: typeof dueDecisions.$inferInsert) =>
  tx.insert(dueDecisions).values(row).onConflictDoNothing().returning({ id: dueDecisions.commentId }),
)
const letGo = filled((tx: Query, { commentId }: { commentId: string }) =>
  tx.delete(claims).where(eq(claims.commentId, commentId)),
)
const holdWaiting = filled(
  (tx: Query, read: { id: string; review: number; version: number; actor: string; now: Date }) =>
    heldRow(
      tx
        .select({ id: comments.id })
        .from(comments)
        .where(
          and(
            eq(comments.id, read.id),
            eq(comments.state, 'pending'),
            eq(comments.review, read.review),
            eq(comments.version, read.version),
            notExists(claimedByOthers(tx, read)),
          ),
        ),
    ),
)

/** That somebody else is judging a comment now. */
export function claimedByOthers(
  tx: Pick<Reads, 'select'>,
  { id, actor, now }: { id: string; actor: string; now: Date },
) {
  const { commentId, staffId, until } = claims
  return tx
    .select({ id: commentId })
    .from(claims)
    .where(and(eq(commentId, id), ne(staffId, actor), gt(until, sql.param(now, until))))
}

/** That a decision on a comment is to take effect. @param commentId a column, or an id */
export function isDue(tx: Pick<Reads, 'select'>, commentId: typeof comments.id | string) {
  return tx
    .select({ id: dueDecisions.commentId })
    .from(dueDecisions)
    .where(eq(dueDecisions.commentId, commentId))
}

/** The statement that returns nothing where a decision on the comment is to take effect. */
export function notDue(tx: Query, id: string) {
  return undecided(tx, { id })
}

const undecided = filled((tx: Query, { id }: { id: string }) =>
  tx
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.id, id), notExists(isDue(tx, comments.id)))),
)

/** The statement after which no decision on the comment is to take effect; it returns a row where one was. */
export function endDue(tx: Query, commentId: string) {
  return removeDue(tx, { commentId })
}

const removeDue = filled((tx: Query, { commentId }: { commentId: string }) =>
  tx
    .delete(dueDecisions)
    .where(eq(dueDecisions.commentId, commentId))
    .returning({ id: dueDecisions.commentId }),
)

/** Ends a decision that does not take effect any more; the comment is offered again. @throws Refused where it is gone */
export async function lapse(db: Database, commentId: string, why: string, now: Date): Promise<void> {
  await db.atomically((tx) => [
    must('stale', endDue(tx, commentId)),
    logAct(tx, { staffId: null, now }, 'comment.lapse', commentId, { why }),
  ])
}

/**
 * Takes back one's own decision before it takes effect.
 * @throws Refused where it was somebody else's, or has taken effect
 */
export async function revoke(db: Database, commentId: string, act: Act): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .delete(dueDecisions)
        .where(and(eq(dueDecisions.commentId, commentId), eq(dueDecisions.staffId, act.staffId)))
        .returning({ id: dueDecisions.commentId }),
    ),
    logAct(tx, act, 'comment.revoke', commentId),
  ])
}

/** The statement that ends all decisions of a bulk that have not taken effect. */
export function endDueOfBulk(tx: Query, bulkId: string) {
  return tx.delete(dueDecisions).where(eq(dueDecisions.bulkId, bulkId))
}
