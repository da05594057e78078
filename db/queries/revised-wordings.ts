import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Database, must } from '../open.ts'
import { comments, log, revisedWordings, wordingComments } from '../schema/index.ts'
import { revise } from './consultations.ts'

export interface RevisedWording {
  id: string
  clause: string
  text: string
  reason: string
  updatedAt: Date
}

/** The clauses that the office has reworded so far. */
export function revisedWordingsOf(db: Database, consultationId: string): Promise<RevisedWording[]> {
  const { id, clause, text, reason, updatedAt } = revisedWordings
  return db.query
    .select({ id, clause, text, reason, updatedAt })
    .from(revisedWordings)
    .where(eq(revisedWordings.consultationId, consultationId))
}

/** Which comments led to a wording. */
export async function commentsBehind(db: Database, wordingId: string): Promise<string[]> {
  const rows = await db.query
    .select({ id: wordingComments.commentId })
    .from(wordingComments)
    .where(eq(wordingComments.wordingId, wordingId))
    .orderBy(asc(wordingComments.commentId))
  return rows.map(({ id }) => id)
}

/**
 * Sets a clause's revised wording and the comments that led to it, in place of what it had.
 * @param commentIds those of other consultations are left out
 */
export async function rewordClause(
  db: Database,
  consultationId: string,
  { clause, text, reason }: { clause: string; text: string; reason: string },
  commentIds: string[],
  staffId: string,
  now: Date,
): Promise<void> {
  const id = uuid()
  const kept = { text, reason, staffId, updatedAt: now }
  await db.atomically((tx) => {
    const wording = tx
      .select({ id: revisedWordings.id })
      .from(revisedWordings)
      .where(and(eq(revisedWordings.consultationId, consultationId), eq(revisedWordings.clause, clause)))
    return [
      must(
        tx
          .insert(revisedWordings)
          .values({ id, consultationId, clause, ...kept })
          .onConflictDoUpdate({ target: [revisedWordings.consultationId, revisedWordings.clause], set: kept })
          .returning({ id: revisedWordings.id }),
      ),
      tx.delete(wordingComments).where(inArray(wordingComments.wordingId, wording)),
      tx
        .insert(wordingComments)
        .select(
          tx
            .select({ wordingId: sql<string>`(${wording})`.as('wording_id'), commentId: comments.id })
            .from(comments)
            .where(and(eq(comments.consultationId, consultationId), inArray(comments.id, commentIds))),
        )
        .onConflictDoNothing(),
      revise(tx, consultationId),
      tx
        .insert(log)
        .values({ at: now, staffId, act: 'wording.revise', subject: consultationId, detail: { clause } }),
    ]
  })
}
