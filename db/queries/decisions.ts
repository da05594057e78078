import { and, desc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { stateAfter } from '../../server/rules/comment-states.ts'
import type { Ruling } from '../../server/rules/decision-form.ts'
import { type Database, must } from '../open.ts'
import { comments, decisions, log, staff } from '../schema/index.ts'
import { addToCounts } from './comment-counts.ts'
import { revise } from './consultations.ts'
import type { CommentToJudge } from './queue.ts'

export type Decision = typeof decisions.$inferSelect

/**
 * Decides a waiting comment, with the counters, the public's pages and the log, all or nothing. Of several at once
 * one wins: it alone finds the comment still waiting, in this round of review and in the version that it read.
 * @throws Refused for everybody else
 */
export async function decide(
  db: Database,
  comment: Pick<CommentToJudge, 'id' | 'consultationId' | 'clause' | 'stance' | 'review'>,
  ruling: Ruling,
  staffId: string,
  now: Date,
): Promise<void> {
  const { id, review, consultationId, clause, stance } = comment
  const state = stateAfter(ruling.admission, ruling.publication)
  const cell = { consultationId, clause, stance }
  await db.atomically((tx) => [
    must(
      tx
        .update(comments)
        .set({ state, publishedAt: state === 'published' ? now : null })
        .where(
          and(
            eq(comments.id, id),
            eq(comments.state, 'pending'),
            eq(comments.review, review),
            eq(comments.version, ruling.version),
          ),
        )
        .returning({ id: comments.id }),
    ),
    tx.insert(decisions).values({ id: uuid(), commentId: id, review, staffId, createdAt: now, ...ruling }),
    ...addToCounts(tx, [
      { cell: { ...cell, state: 'pending' }, by: -1 },
      { cell: { ...cell, state }, by: 1 },
    ]),
    revise(tx, consultationId),
    tx.insert(log).values({
      at: now,
      staffId,
      act: 'comment.decide',
      subject: id,
      detail: { from: 'pending', to: state, review, version: ruling.version, reason: ruling.reason },
    }),
  ])
}

/** Every decision on a comment with who made it, the newest first. */
export async function decisionsOn(db: Database, commentId: string) {
  return db.query
    .select({ decision: decisions, by: staff.name })
    .from(decisions)
    .innerJoin(staff, eq(staff.id, decisions.staffId))
    .where(eq(decisions.commentId, commentId))
    .orderBy(desc(decisions.review))
}
