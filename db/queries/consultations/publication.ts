import { and, eq, isNull, ne, or } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { changesPages } from '../../noticed-changes.ts'
import { consultations, rounds } from '../../schema/index.ts'
import type { Round } from '../drafts/rounds.ts'
import { type Consultation, raiseRevision } from './consultations.ts'

/** From when until when a round takes comments. */
interface Period {
  opensAt: Date
  closesAt: Date
}

/**
 * Puts a consultation with its first round out for comment.
 * @param notice the words of the 公告, kept from now on as they are, and the day under its 落款
 * @throws Refused where it is published, was changed since it was read, or `staffId` put it up and so may not approve it
 */
export async function publishConsultation(
  db: Database,
  consultation: Consultation,
  round: Round,
  period: Period,
  notice: { notice: string; noticeSigner: string; noticeDay: string },
  act: Act,
): Promise<void> {
  const { id, revision } = consultation
  await db.atomically((tx) => [
    changesPages(
      must(
        'stale',
        tx
          .update(consultations)
          .set({
            ...period,
            ...notice,
            publishedAt: act.now,
            publishedBy: act.staffId,
            revision: revision + 1,
          })
          .where(
            and(
              eq(consultations.id, id),
              eq(consultations.revision, revision),
              isNull(consultations.publishedAt),
              or(isNull(consultations.createdBy), ne(consultations.createdBy, act.staffId)),
            ),
          )
          .returning({ id: consultations.id }),
      ),
    ),
    must('stale', publishDraft(tx, round, period, act)),
    logAct(tx, act, 'consultation.publish', id, {
      opensAt: period.opensAt,
      closesAt: period.closesAt,
    }),
  ])
}

/**
 * Publishes a later round, with a period of its own or, where `period` is null, only to be read.
 * @throws Refused where it is published, was changed since it was read, or `staffId` put it up and so may not approve it
 */
export async function publishRound(
  db: Database,
  consultation: Consultation,
  round: Round,
  period: (Period & { shortPeriodReason: string | null }) | null,
  act: Act,
): Promise<void> {
  const { id } = consultation
  const { opensAt = null, closesAt = null } = period ?? {}
  await db.atomically((tx) => [
    must('stale', publishDraft(tx, round, { opensAt, closesAt }, act)),
    ...(period ? [tx.update(consultations).set(period).where(eq(consultations.id, id))] : []),
    raiseRevision(tx, id),
    logAct(tx, act, 'round.publish', id, { round: round.number, opensAt, closesAt }),
  ])
}

/** Finds the round unpublished, as it was read, and put up by somebody else; or finds nothing. */
function publishDraft(
  tx: Pick<Query, 'update'>,
  { id, version }: Round,
  period: { opensAt: Date | null; closesAt: Date | null },
  { staffId, now }: Act,
) {
  return tx
    .update(rounds)
    .set({ ...period, publishedAt: now, publishedBy: staffId, version: version + 1 })
    .where(
      and(
        eq(rounds.id, id),
        eq(rounds.version, version),
        isNull(rounds.publishedAt),
        or(isNull(rounds.createdBy), ne(rounds.createdBy, staffId)),
      ),
    )
    .returning({ id: rounds.id })
}
