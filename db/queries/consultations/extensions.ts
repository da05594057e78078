import { and, asc, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { shanghaiDay } from '../../../server/rules/days.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, consultations, extensions, intakes, rounds } from '../../schema/index.ts'
import { type Consultation, raiseRevision } from './consultations.ts'

export type Extension = typeof extensions.$inferSelect

/** Every 延期 of a consultation, the first first. */
export function extensionsOf(db: Database, consultationId: string): Promise<Extension[]> {
  return db.query
    .select()
    .from(extensions)
    .where(eq(extensions.consultationId, consultationId))
    .orderBy(asc(extensions.id))
}

/**
 * Moves the closing day; the notice of it stays.
 * @throws Refused where somebody has moved it meanwhile, or the outcome is out
 */
export async function extend(
  db: Database,
  { id, closesAt: closedAt }: Consultation,
  closesAt: Date,
  reason: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(consultations)
        .set({ closesAt })
        .where(
          and(
            eq(consultations.id, id),
            eq(consultations.closesAt, closedAt),
            isNotNull(consultations.publishedAt),
            isNull(consultations.outcomeAt),
          ),
        )
        .returning({ id: consultations.id }),
    ),
    tx
      .update(rounds)
      .set({ closesAt })
      .where(and(eq(rounds.consultationId, id), eq(rounds.closesAt, closedAt))),
    tx.insert(extensions).values({
      id: uuid(),
      consultationId: id,
      closedAt,
      closesAt,
      reason,
      staffId: act.staffId,
      createdAt: act.now,
    }),
    judgeLateness(tx, id, closesAt),
    raiseRevision(tx, id),
    logAct(tx, act, 'consultation.extend', id, { closedAt, closesAt }),
  ])
}

/** The statement that judges anew what came late to the round that closes at this moment from now on. */
function judgeLateness(tx: Query, consultationId: string, closesAt: Date) {
  const ofRound = tx
    .select({ id: comments.submissionId })
    .from(comments)
    .innerJoin(
      rounds,
      and(eq(rounds.consultationId, comments.consultationId), eq(rounds.number, comments.round)),
    )
    .where(and(eq(comments.consultationId, consultationId), eq(rounds.closesAt, closesAt)))
  return tx
    .update(intakes)
    .set({ late: gt(intakes.receivedOn, shanghaiDay(closesAt)) })
    .where(inArray(intakes.submissionId, ofRound))
}
