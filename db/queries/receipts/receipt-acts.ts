import { and, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import { appealFact } from '../../../server/rules/evidence/review-facts.ts'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import { reopened } from '../../../server/rules/points/carried.ts'
import { logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { appeals, comments, points, submissions, versions } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import { rememberAnew } from '../../search.ts'
import { uncountLeaving } from '../comments/answer-counts.ts'
import { addToCounts } from '../comments/comment-counts.ts'
import { leaveClause } from '../comments/endorsed-clauses.ts'
import { searchedText } from '../comments/search-entries.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { moveDecisions } from '../moderation/decision-counts.ts'
import { endDue } from '../moderation/due-decisions.ts'
import { uncountRuled } from '../moderation/ruling-counts.ts'
import { carryPoints } from '../points/carrying.ts'
import { uncountSplitLeaving } from '../points/split-counts.ts'
import { arrangementOf } from '../points/splits.ts'
import type { NewComment } from '../submissions/submissions.ts'
import { eraseFiles, eraseSender, eraseTraces, holdSender, noWords, type Recorded } from './erasure.ts'

type Words = Omit<NewComment, 'clause'>

/** A comment as its author saw it when they acted. */
export interface ActedOn extends Words {
  id: string
  submissionId: string
  number: number
  consultationId: string
  clause: string
  state: string
  version: number
  review: number
}

/**
 * Takes a comment back at its author's wish: it leaves the pages at once, what it said is erased, and it stays counted as
 * withdrawn. With the last comment of a submission goes who sent it, with the files.
 * @param record what the law wants kept of it, sealed for a term; null: nothing
 * @returns the ids of the files whose rows are gone: the caller removes them from the disk
 * @throws Refused where its state has changed meanwhile
 */
export async function withdraw(
  db: Database,
  comment: Omit<ActedOn, keyof Words> & Pick<Words, 'stance'>,
  now: Date,
  record: Recorded | null = null,
): Promise<string[]> {
  const { id, consultationId, clause, stance, state } = comment
  const cell = { consultationId, clause, stance }
  const statements = (tx: Query) =>
    [
      attests(
        must(
          'stale',
          unchanged(tx, comment, { state: 'withdrawn', decidedAt: null, ...noWords, comparedAt: now }),
        ),
        now,
        wordsFact(comment, { stance, ...noWords }),
      ),
      endDue(tx, id),
      holdSender(tx, comment.submissionId),
      eraseFiles(tx, comment.submissionId),
      ...eraseSender(tx, comment.submissionId),
      ...addToCounts(tx, [
        { cell: { ...cell, state }, by: -1 },
        { cell: { ...cell, state: 'withdrawn' }, by: 1 },
      ]),
      ...uncountRuled(tx, comment),
      ...uncountSplitLeaving(tx, id, state),
      ...eraseTraces(tx, comment, record),
      ...uncountLeaving(tx, id, state),
      leaveClause(tx, id),
      // What waits is in no public page or figure: that it goes must not show in the version of a public file.
      ...(state === 'pending' ? [] : [raiseRevision(tx, consultationId)]),
      logAct(tx, { staffId: null, now }, 'comment.withdraw', id, {
        from: state,
        to: 'withdrawn',
        recordUntil: record?.until.toISOString() ?? null,
      }),
    ] as const
  const [, , , files] = await (record
    ? atomicallySealed(db, record.seals, statements)
    : db.atomically(statements))
  return files.map((file) => file.id)
}

/**
 * Gives a waiting comment new words; the old ones are kept.
 * @throws Refused where it has been decided or revised meanwhile
 */
export async function reviseComment(db: Database, comment: ActedOn, words: Words, now: Date): Promise<void> {
  const { id, number, consultationId, clause, state, version } = comment
  const { stance, body, proposal, wording, quote } = comment
  const cell = { consultationId, clause, state }
  const points = await arrangementOf(db, id)
  await db.atomically((tx) => [
    attests(
      must(
        'stale',
        unchanged(
          tx,
          { ...comment, state: 'pending' },
          { ...words, version: version + 1, comparedAt: null, unexamined: true },
        ),
      ),
      now,
      wordsFact({ id, version: version + 1 }, words),
    ),
    endDue(tx, id),
    tx
      .insert(versions)
      .values({ commentId: id, version, stance, body, proposal, wording, quote, replacedAt: now }),
    ...addToCounts(tx, [
      { cell: { ...cell, stance }, by: -1 },
      { cell: { ...cell, stance: words.stance }, by: 1 },
    ]),
    ...moveDecisions(tx, id, stance, words.stance),
    ...carryPoints(tx, id, points, { before: body, after: words.body, ofTouched: reopened }),
    rememberAnew(tx, 'staff', number, searchedText(words)),
    logAct(tx, { staffId: null, now }, 'comment.revise', id, { version: version + 1 }),
  ])
}

/**
 * 申请复核: the comment waits again, for somebody who has not decided on it.
 * @throws Refused where its state has changed meanwhile, or where it was appealed before
 */
export async function appeal(db: Database, comment: ActedOn, grounds: string, now: Date): Promise<void> {
  const { id, consultationId, clause, stance, state } = comment
  const review = comment.review + 1
  const cell = { consultationId, clause, stance }
  const row = { commentId: id, grounds, review, createdAt: now }
  await db.atomically((tx) => [
    must('stale', unchanged(tx, comment, { state: 'pending', review, decidedAt: null })),
    attests(
      must(
        'taken',
        tx.insert(appeals).values(row).onConflictDoNothing().returning({ id: appeals.commentId }),
      ),
      now,
      appealFact(row),
    ),
    ...addToCounts(tx, [
      { cell: { ...cell, state }, by: -1 },
      { cell: { ...cell, state: 'pending' }, by: 1 },
    ]),
    ...uncountRuled(tx, comment),
    ...uncountLeaving(tx, id, state),
    ...uncountSplitLeaving(tx, id, state),
    // The public figures of what is withheld and refused have it no more.
    raiseRevision(tx, consultationId),
    logAct(tx, { staffId: null, now }, 'comment.appeal', id, { from: state, review }),
  ])
}

/** Takes back the consent to show the full name (PIPL art. 15); from now on it is masked, also in what was published. */
export async function maskName(
  db: Database,
  submissionId: string,
  consultationId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    tx.update(submissions).set({ showName: false }).where(eq(submissions.id, submissionId)),
    raiseRevision(tx, consultationId),
    logAct(tx, { staffId: null, now }, 'submission.mask_name', submissionId),
  ])
}

/**
 * Keeps that the author finds that the concern into which a point was gathered does not say what was meant, or that a passage
 * asks for something after all; once.
 * @throws Refused where it is neither, is of another submission, or was objected to before
 */
export async function objectToPoint(
  db: Database,
  submissionId: string,
  pointId: string,
  now: Date,
): Promise<void> {
  const own = db.query
    .select({ id: comments.id })
    .from(comments)
    .where(eq(comments.submissionId, submissionId))
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(points)
        .set({ objectedAt: now })
        .where(
          and(
            eq(points.id, pointId),
            or(isNotNull(points.concernId), eq(points.kind, 'no_proposal')),
            isNull(points.objectedAt),
            inArray(points.commentId, own),
          ),
        )
        .returning({ id: points.id }),
    ),
    logAct(tx, { staffId: null, now }, 'point.object', pointId),
  ])
}

/** The comment's row with new values, if it still is what its author saw. */
function unchanged(
  tx: Query,
  { id, state, version, review }: Pick<ActedOn, 'id' | 'state' | 'version' | 'review'>,
  values: Partial<typeof comments.$inferInsert>,
) {
  return tx
    .update(comments)
    .set(values)
    .where(
      and(
        eq(comments.id, id),
        eq(comments.state, state),
        eq(comments.version, version),
        eq(comments.review, review),
      ),
    )
    .returning({ id: comments.id })
}
