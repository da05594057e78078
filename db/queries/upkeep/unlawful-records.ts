import { and, eq, inArray, lte } from 'drizzle-orm'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import { recordKeptUntil, unlawful } from '../../../server/rules/receipts/unlawful-records.ts'
import { logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { comments, decisions, originals } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { hasWords } from '../comments/search-entries.ts'
import { overwriteLater } from '../erasures.ts'
import { unmarked } from '../faults.ts'
import { eraseTraces, noWords } from '../receipts/erasure.ts'

/** So many comments are sealed in one list. */
const together = 25

/**
 * Seals what a consultation refused as unlawful: a record is kept for so many days from the decision, and what it said is
 * gone from everywhere else. Where the term is over, no record is left.
 */
export async function sealUnlawful(
  db: Database,
  seals: Seals,
  consultationId: string,
  days: number,
  now: Date,
): Promise<void> {
  for (;;) {
    const refused = await unlawfulComments(db, consultationId)
    if (refused.length === 0) return
    await atomicallySealed(db, seals, (tx) =>
      refused.flatMap(({ decidedAt, ...comment }) => {
        const until = recordKeptUntil({ ...comment, reason: unlawful, decidedAt }, days, now)
        return [
          attests(
            must(
              'stale',
              tx
                .update(comments)
                .set({ ...noWords, comparedAt: now })
                .where(and(eq(comments.id, comment.id), eq(comments.state, comment.state)))
                .returning({ id: comments.id }),
            ),
            now,
            wordsFact(comment, { stance: comment.stance, ...noWords }),
          ),
          ...eraseTraces(tx, comment, until && { ...comment, seals, until, now }),
          logAct(tx, { staffId: null, now }, 'comment.seal', comment.id, {
            recordUntil: until?.toISOString() ?? null,
          }),
        ]
      }),
    )
  }
}

function unlawfulComments(db: Database, ofConsultation: string) {
  const { id, number, consultationId, clause, stance, state, version, review, body, wording } = comments
  return db.query
    .select({
      id,
      number,
      consultationId,
      clause,
      stance,
      state,
      version,
      body,
      wording,
      decidedAt: decisions.createdAt,
    })
    .from(comments)
    .innerJoin(decisions, and(eq(decisions.commentId, id), eq(decisions.review, review)))
    .where(
      and(eq(consultationId, ofConsultation), eq(state, 'refused'), eq(decisions.reason, unlawful), hasWords),
    )
    .limit(together)
}

/** The ids of comments of which a record is kept whose term is over, without those that are marked. */
export async function overRecords(db: Database, now: Date, most: number): Promise<string[]> {
  const { commentId, keptUntil } = originals
  const rows = await db.query
    .selectDistinct({ commentId })
    .from(originals)
    .where(and(lte(keptUntil, now), unmarked(db.query, 'unlawful_records', commentId)))
    .limit(most)
  return rows.map((row) => row.commentId)
}

/** Erases these comments' records, where their term is over. */
export async function eraseRecords(db: Database, ids: string[], now: Date): Promise<void> {
  const { commentId, keptUntil } = originals
  await db.atomically((tx) => [
    tx.delete(originals).where(and(inArray(commentId, ids), lte(keptUntil, now))),
    overwriteLater(tx),
    ...ids.map((id) => logAct(tx, { staffId: null, now }, 'comment.erase_record', id)),
  ])
}
