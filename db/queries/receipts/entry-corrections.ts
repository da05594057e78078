import { and, asc, eq } from 'drizzle-orm'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import { reopened } from '../../../server/rules/points/carried.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { comments, consultations, intakes, submissions, versions } from '../../schema/index.ts'
import { rememberAnew } from '../../search.ts'
import { moveArrival } from '../comments/arrival-counts.ts'
import { addToCounts } from '../comments/comment-counts.ts'
import { searchedText } from '../comments/search-entries.ts'
import { moveDecisions } from '../moderation/decision-counts.ts'
import { endDue } from '../moderation/due-decisions.ts'
import { carryPoints } from '../points/carrying.ts'
import { arrangementOf } from '../points/splits.ts'
import type { NewComment } from '../submissions/submissions.ts'

/** A comment of a letter, as whoever entered it sees it. */
export type EnteredComment = typeof comments.$inferSelect

/** What somebody of the staff entered. */
export interface Entry {
  submission: Pick<
    typeof submissions.$inferSelect,
    'id' | 'consultationId' | 'receiptNumber' | 'channel' | 'identity' | 'region' | 'maskedName'
  >
  slug: string
  late: boolean
  /** 到会人数; null where none was given. */
  present: number | null
  comments: EnteredComment[]
}

/** What this member of staff entered under a receipt's number; null where it was somebody else, or there is none. */
export async function ownEntry(db: Database, staffId: string, receiptNumber: string): Promise<Entry | null> {
  const { id, consultationId, channel, identity, region, maskedName } = submissions
  const [row] = await db.query
    .select({
      submission: {
        ...{ id, consultationId, receiptNumber: submissions.receiptNumber, channel, identity, region },
        maskedName,
      },
      slug: consultations.slug,
      late: intakes.late,
      present: intakes.present,
    })
    .from(intakes)
    .innerJoin(submissions, eq(submissions.id, intakes.submissionId))
    .innerJoin(consultations, eq(consultations.id, consultationId))
    .where(and(eq(intakes.staffId, staffId), eq(submissions.receiptNumber, receiptNumber)))
  if (!row) return null
  const said = await db.query
    .select()
    .from(comments)
    .where(eq(comments.submissionId, row.submission.id))
    .orderBy(asc(comments.number))
  return { ...row, comments: said }
}

/** Whether what was entered may still be put right: nobody has decided on it. */
export function isCorrectable({ state, review }: Pick<EnteredComment, 'state' | 'review'>): boolean {
  return state === 'pending' && review === 1
}

/**
 * Puts right how whoever entered a letter entered one of its comments: its clause, what kind of comment it is, slips of the
 * pen. What it said before is kept as its earlier version, and the log has both.
 * @param seen the comment as it was on the page
 * @throws Refused where it has been decided, withdrawn or revised meanwhile
 */
export async function correctEntry(
  db: Database,
  { submission, late, present, comments: all }: Entry,
  seen: EnteredComment,
  entered: NewComment,
  act: Act,
): Promise<void> {
  const { id, number, consultationId, state, version } = seen
  const { clause: to, ...words } = entered
  const { clause, stance, body, proposal, wording, quote } = seen
  const isMoved = clause !== to
  const points = await arrangementOf(db, id)
  const now = act.now
  await db.atomically((tx) => [
    attests(
      must(
        'stale',
        tx
          .update(comments)
          .set({ ...words, clause: to, version: version + 1, comparedAt: null, unexamined: true })
          .where(
            and(
              eq(comments.id, id),
              eq(comments.version, version),
              eq(comments.state, 'pending'),
              eq(comments.review, 1),
            ),
          )
          .returning({ id: comments.id }),
      ),
      now,
      wordsFact({ id, version: version + 1 }, words, isMoved ? to : null),
    ),
    endDue(tx, id),
    tx.insert(versions).values({
      ...{ commentId: id, version, stance, body, proposal, wording, quote, replacedAt: now },
      clause: isMoved ? clause : null,
    }),
    ...addToCounts(tx, [
      { cell: { consultationId, state, clause, stance }, by: -1 },
      { cell: { consultationId, state, clause: to, stance: words.stance }, by: 1 },
    ]),
    ...(isMoved
      ? moveArrival(tx, submission, {
          ...{ from: clause, to, isFirst: all[0]?.id === id, people: present ?? 1, late },
        })
      : []),
    ...moveDecisions(tx, id, stance, words.stance),
    ...carryPoints(tx, id, points, { before: body, after: words.body, ofTouched: reopened }),
    rememberAnew(tx, 'staff', number, searchedText(words)),
    logAct(tx, act, 'submission.correct', submission.id, {
      comment: id,
      version: version + 1,
      before: changedIn(seen, entered),
      after: changedIn(entered, seen),
    }),
  ])
}

/** What one says otherwise than the other; of texts that they differ, since the log is for ever: they are kept as versions. */
function changedIn(one: NewComment, other: NewComment): Record<string, unknown> {
  const codes = (['clause', 'stance', 'proposal'] as const).flatMap((name) =>
    one[name] === other[name] ? [] : [[name, one[name]]],
  )
  const texts = (['body', 'wording', 'quote'] as const).flatMap((name) =>
    JSON.stringify(one[name]) === JSON.stringify(other[name]) ? [] : [[name, '（见该版文字）']],
  )
  return Object.fromEntries([...codes, ...texts])
}
