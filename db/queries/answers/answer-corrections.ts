import { and, eq, isNull, ne } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { answerCorrectionFact, answerFact } from '../../../server/rules/evidence/office-facts.ts'
import type { ActName } from '../../../server/rules/log/act-names.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { answerCorrections, responses } from '../../schema/index.ts'
import { countApproved, uncountApproved } from '../comments/answer-counts.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { countSplits, holdSplits, uncountSplits } from '../points/split-counts.ts'
import { keepVersion, stillAt } from '../versions/office-versions.ts'
import type { Answer } from './responses.ts'

export type Correction = typeof answerCorrections.$inferSelect

/** What is to stand instead, why, and the revision of the answer that it is to stand for. */
export type NewCorrection = Answer & { cause: string; revision: number }

/**
 * Proposes what an approved answer is to say instead; the answer stays in force as it is.
 * @throws Refused `stale` where the answer is not approved or reads otherwise by now, `taken` where another waits
 */
export async function proposeCorrection(
  db: Database,
  consultationId: string,
  responseId: string,
  { outcome, reason, summary, cause, revision }: NewCorrection,
  act: Act,
): Promise<void> {
  const row = {
    id: uuid(),
    ...{ consultationId, responseId, revision, outcome, reason, summary, cause },
    state: 'proposed',
    proposedBy: act.staffId,
    proposedAt: act.now,
    ...{ decidedBy: null, decidedAt: null, returnNote: null },
  }
  await db.atomically((tx) => [
    isApproved(tx, consultationId, responseId),
    stillAt(tx, { consultationId, kind: 'answer', row: responseId }, revision),
    must(
      'taken',
      attests(
        tx
          .insert(answerCorrections)
          .values(row)
          .onConflictDoNothing()
          .returning({ id: answerCorrections.id }),
        act.now,
        answerCorrectionFact(row),
      ),
    ),
    logAct(tx, act, 'response.propose_correction', responseId, { revision, outcome }),
  ])
}

/**
 * Approves a correction: from then on its words are the answer, for every comment that it answers. What was said before is
 * kept, and no edition changes that is out.
 * @param correction as the approver has seen it
 * @throws Refused where it waits no more, or reads otherwise by now, or the answer does, or `staffId` has proposed it
 */
export async function approveCorrection(db: Database, correction: Correction, act: Act): Promise<void> {
  const { consultationId, responseId, revision, outcome, reason, summary, cause, proposedBy } = correction
  const answer = { outcome, reason, summary }
  const corrected = { ...answer, correctedAt: act.now, correctionCause: cause }
  const approved = { ...correction, state: 'approved', decidedBy: act.staffId, decidedAt: act.now }
  await db.atomically((tx) => [
    holdSplits(tx, { response: responseId }),
    isApproved(tx, consultationId, responseId),
    decided(tx, correction, approved, act, ne(answerCorrections.proposedBy, act.staffId)),
    ...uncountSplits(tx, { response: responseId }),
    ...uncountApproved(tx, responseId),
    attests(
      tx.update(responses).set(corrected).where(eq(responses.id, responseId)),
      act.now,
      answerFact({ id: responseId, consultationId, ...corrected }),
    ),
    ...countApproved(tx, responseId),
    ...countSplits(tx, { response: responseId }),
    ...keepVersion(
      tx,
      { consultationId, kind: 'answer', row: responseId },
      { opened: revision, said: answer },
      { staffId: proposedBy, now: act.now },
    ),
    raiseRevision(tx, consultationId),
    logAct(tx, act, 'response.correct', responseId, { revision: revision + 1, outcome }),
  ])
}

/** Sends a correction back with what is to be changed; the answer stays. @throws Refused where it waits no more */
export async function returnCorrection(
  db: Database,
  correction: Correction,
  returnNote: string,
  act: Act,
): Promise<void> {
  await end(db, correction, { state: 'returned', returnNote }, 'response.return_correction', act)
}

/** Takes a correction back; the answer stays. @throws Refused where it waits no more */
export async function withdrawCorrection(db: Database, correction: Correction, act: Act): Promise<void> {
  await end(db, correction, { state: 'withdrawn', returnNote: null }, 'response.withdraw_correction', act)
}

async function end(
  db: Database,
  correction: Correction,
  ending: Pick<Correction, 'state' | 'returnNote'>,
  name: ActName,
  act: Act,
): Promise<void> {
  const ended = { ...correction, ...ending, decidedBy: act.staffId, decidedAt: act.now }
  await db.atomically((tx) => [
    decided(tx, correction, ended, act),
    logAct(tx, act, name, correction.responseId),
  ])
}

/** Holds the answer first, as its approval does, so that two lists never wait for one another. */
function isApproved(tx: Pick<Query, 'update'>, consultationId: string, responseId: string) {
  return must(
    'stale',
    tx
      .update(responses)
      .set({ state: 'approved' })
      .where(
        and(
          eq(responses.id, responseId),
          eq(responses.consultationId, consultationId),
          eq(responses.state, 'approved'),
        ),
      )
      .returning({ id: responses.id }),
  )
}

/** The statement that ends a correction's waiting, where it still says what was read of it. */
function decided(
  tx: Pick<Query, 'update'>,
  { id, outcome, reason, summary, cause }: Correction,
  { state, decidedBy, decidedAt, returnNote, ...rest }: Correction,
  { now }: Act,
  ...conditions: ReturnType<typeof ne>[]
) {
  return attests(
    must(
      'stale',
      tx
        .update(answerCorrections)
        .set({ state, decidedBy, decidedAt, returnNote })
        .where(
          and(
            eq(answerCorrections.id, id),
            eq(answerCorrections.state, 'proposed'),
            eq(answerCorrections.outcome, outcome),
            eq(answerCorrections.reason, reason),
            summary === null ? isNull(answerCorrections.summary) : eq(answerCorrections.summary, summary),
            eq(answerCorrections.cause, cause),
            ...conditions,
          ),
        )
        .returning({ id: answerCorrections.id }),
    ),
    now,
    answerCorrectionFact({ ...rest, state, decidedBy, decidedAt, returnNote }),
  )
}
