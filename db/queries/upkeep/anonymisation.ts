import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { shanghaiDay } from '../../../server/rules/days.ts'
import { logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { forgetKeys } from '../../evidence/forgotten-keys.ts'
import { changesPages } from '../../noticed-changes.ts'
import { Refused } from '../../refused.ts'
import {
  appeals,
  attachments,
  comments,
  confirmations,
  consultations,
  digests,
  intakes,
  jobs,
  originals,
  rulingCounts,
  submissions,
} from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import type { Consultation } from '../consultations/consultations.ts'
import { endRetention } from '../consultations/retentions.ts'
import { overwriteLater } from '../erasures.ts'
import { eraseNotes } from '../receipts/erasure.ts'
import { forgetRetracted } from '../retractions/retraction-records.ts'
import { retentionTerms } from '../settings.ts'
import { sealUnlawful } from './unlawful-records.ts'

/** How many submissions still name somebody, how many redacted comments' originals and how many sent files are kept. */
export interface PersonalData {
  submissions: number
  originals: number
  attachments: number
}

/** What a consultation still holds about people. */
export async function personalData(db: Database, { id }: Pick<Consultation, 'id'>): Promise<PersonalData> {
  const [redacted] = await db.query
    .select({ count: sql`count(distinct ${originals.commentId})`.mapWith(Number) })
    .from(originals)
    .where(and(inArray(originals.commentId, commentsOf(db.query, id)), isNull(originals.keptUntil)))
  return {
    submissions: await db.query.$count(submissions, names(id)),
    originals: redacted?.count ?? 0,
    attachments: await db.query.$count(
      attachments,
      inArray(attachments.submissionId, submissionsOf(db.query, id)),
    ),
  }
}

/**
 * Removes for good whatever says who sent a consultation's comments: names, organisations, contacts, the files that
 * came along, what redacted comments and retracted texts said before, what comments said before they were revised, what
 * their authors said in appeals, and what moderators noted of them (PIPL arts. 19 and 47). What was refused as unlawful is sealed for its term.
 * Comments, masked names and counts stay as the decision's record. Papers that were made before go too.
 * @returns the ids of the files whose rows are gone: the caller removes them from the disk
 * @throws Refused where the outcome is not published
 */
export async function anonymise(
  { db, seals }: { db: Database; seals: Seals },
  { id, outcomeAt }: Pick<Consultation, 'id' | 'outcomeAt'>,
  now: Date,
): Promise<string[]> {
  if (outcomeAt === null) throw new Refused('stale', 0)
  // First, while what was hidden in them is still there to be sealed.
  await sealUnlawful(db, seals, id, (await retentionTerms(db)).unlawful, now)
  const removed = await personalData(db, { id })
  const [, files] = await db.atomically((tx) => [
    changesPages(
      must(
        'stale',
        tx
          .update(consultations)
          .set({ revision: sql`${consultations.revision} + 1` })
          .where(and(eq(consultations.id, id), isNotNull(consultations.outcomeAt)))
          .returning({ id: consultations.id }),
      ),
    ),
    tx
      .delete(attachments)
      .where(inArray(attachments.submissionId, submissionsOf(tx, id)))
      .returning({ id: attachments.id }),
    tx
      .update(submissions)
      .set({ name: null, organisation: null, contact: null, showName: false, payloadHash: '' })
      .where(names(id)),
    tx
      .update(intakes)
      .set({ reference: null })
      .where(and(isNotNull(intakes.reference), inArray(intakes.submissionId, submissionsOf(tx, id)))),
    tx
      .update(confirmations)
      .set({ creditCode: null })
      .where(inArray(confirmations.submissionId, submissionsOf(tx, id))),
    forgetKeys(tx, 'attachments', inArray(digests.row, submissionsOf(tx, id))),
    ...eraseNotes(tx, (commentId) => inArray(commentId, commentsOf(tx, id))),
    tx
      .update(appeals)
      .set({ grounds: '' })
      .where(inArray(appeals.commentId, commentsOf(tx, id))),
    tx
      .delete(originals)
      .where(and(inArray(originals.commentId, commentsOf(tx, id)), isNull(originals.keptUntil))),
    tx.update(rulingCounts).set({ redacted: 0 }).where(eq(rulingCounts.consultationId, id)),
    ...forgetRetracted(tx, id),
    tx.delete(jobs).where(eq(jobs.consultationId, id)),
    endRetention(tx, id, shanghaiDay(now), now),
    overwriteLater(tx),
    logAct(tx, { staffId: null, now }, 'consultation.anonymise', id, { ...removed }),
  ])
  return files.map((file) => file.id)
}

function submissionsOf(tx: Pick<Query, 'select'>, consultationId: string) {
  return tx
    .select({ id: submissions.id })
    .from(submissions)
    .where(eq(submissions.consultationId, consultationId))
}

function commentsOf(tx: Pick<Query, 'select'>, consultationId: string) {
  return tx.select({ id: comments.id }).from(comments).where(eq(comments.consultationId, consultationId))
}

function names(consultationId: string) {
  const { name, organisation, contact } = submissions
  return and(
    eq(submissions.consultationId, consultationId),
    or(isNotNull(name), isNotNull(organisation), isNotNull(contact)),
  )
}
