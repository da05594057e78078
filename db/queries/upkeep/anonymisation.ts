import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import { logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { changesPages } from '../../noticed-changes.ts'
import { attachments, comments, consultations, originals, submissions, versions } from '../../schema/index.ts'
import { eraseForgotten } from '../../search.ts'
import type { Consultation } from '../consultations/consultations.ts'
import { forgetRetracted } from '../retractions/retraction-records.ts'

/** How many submissions still name somebody, how many redacted comments' originals and how many sent files are kept. */
interface PersonalData {
  submissions: number
  originals: number
  attachments: number
}

/** What a consultation still holds about people. */
export async function personalData(db: Database, { id }: Consultation): Promise<PersonalData> {
  return {
    submissions: await db.query.$count(submissions, names(id)),
    originals: (await redacted(db, id)).length,
    attachments: await db.query.$count(
      attachments,
      inArray(attachments.submissionId, submissionsOf(db.query, id)),
    ),
  }
}

/**
 * Removes for good whatever says who sent a consultation's comments: names, organisations, contacts, the files that
 * came along, and what redacted comments and retracted texts said before (PIPL arts. 19 and 47). Comments, masked names and counts stay as
 * the decision's record.
 * @returns the ids of the files whose rows are gone: the caller removes them from the disk
 * @throws Refused where the outcome is not published
 */
export async function anonymise(db: Database, consultation: Consultation, now: Date): Promise<string[]> {
  const { id } = consultation
  const removed = await personalData(db, consultation)
  const redactedComments = await redacted(db, id)
  const ids = redactedComments.map((comment) => comment.id)
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
      .set({ name: null, organisation: null, contact: null, showName: false })
      .where(names(id)),
    ...batches(ids).flatMap((batch) => [
      tx.delete(versions).where(inArray(versions.commentId, batch)),
      tx.delete(originals).where(inArray(originals.commentId, batch)),
    ]),
    ...forgetRetracted(tx, id),
    logAct(tx, { staffId: null, now }, 'consultation.anonymise', id, { ...removed }),
  ])
  await eraseForgotten(db, 'public')
  await eraseForgotten(db, 'staff')
  return files.map((file) => file.id)
}

function submissionsOf(tx: Pick<Query, 'select'>, consultationId: string) {
  return tx
    .select({ id: submissions.id })
    .from(submissions)
    .where(eq(submissions.consultationId, consultationId))
}

function names(consultationId: string) {
  const { name, organisation, contact } = submissions
  return and(
    eq(submissions.consultationId, consultationId),
    or(isNotNull(name), isNotNull(organisation), isNotNull(contact)),
  )
}

function redacted(db: Database, consultationId: string): Promise<{ id: string }[]> {
  return db.query
    .selectDistinct({ id: comments.id })
    .from(originals)
    .innerJoin(comments, eq(comments.id, originals.commentId))
    .where(eq(comments.consultationId, consultationId))
}

/** SQLite takes at most 32,766 values in one statement. */
function batches<Row>(rows: Row[]): Row[][] {
  const size = 10_000
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
