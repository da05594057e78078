import { and, desc, eq, notExists } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { shanghaiDay } from '../../../server/rules/days.ts'
import { decisionFact, hearingFact } from '../../../server/rules/evidence/review-facts.ts'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import { stateAfter } from '../../../server/rules/moderation/comment-states.ts'
import type { Ruling } from '../../../server/rules/moderation/decision-form.ts'
import { hiddenCount, redacted, withAllHidden } from '../../../server/rules/moderation/redactions.ts'
import { asItWas } from '../../../server/rules/points/carried.ts'
import { logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { filled } from '../../filled.ts'
import { appeals, claims, comments, decisions, staff } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { remember, rememberAnew } from '../../search.ts'
import { answerAlike } from '../campaigns/alike-answers.ts'
import { readPassagesAnew } from '../campaigns/passages.ts'
import { countAnswer } from '../comments/answer-counts.ts'
import { addToCounts } from '../comments/comment-counts.ts'
import { searchedText } from '../comments/search-entries.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { overwriteLater } from '../erasures.ts'
import { carryPoints, letterJudged } from '../points/carrying.ts'
import { inheritPoints, isCopyOfParted } from '../points/inheriting.ts'
import { arrangementOf } from '../points/splits.ts'
import type { CommentToJudge } from './comment-to-judge.ts'
import { countDecision } from './decision-counts.ts'
import { claimedByOthers, endDue, isDue } from './due-decisions.ts'
import { type Examination, keepSpans, placesOf } from './examinations.ts'
import type { Deciders } from './kept-decisions.ts'
import { keepOriginal } from './originals.ts'
import { countRuled } from './ruling-counts.ts'

export type Decision = typeof decisions.$inferSelect

/**
 * Decides a waiting comment, with its redactions, the counters, the public's pages and the log, all or nothing. Of
 * several at once one wins: it alone finds the comment waiting, in this round of review, in the version that it read
 * and not claimed by somebody else,
 * and no other decision on it that is to take effect. Whatever is decided hides every span that nobody has judged, since the office reads
 * what is withheld and what is refused too; what the author wrote is kept sealed.
 * @param seen the spans that the moderator saw
 * @param wasKept whether it was kept until now, so that nobody else could decide; it is kept no longer
 * @throws Refused for everybody else
 */
export async function decide(
  db: Database,
  seals: Seals,
  comment: CommentToJudge,
  ruling: Ruling,
  seen: Examination,
  { staffId, agreedBy, appeal = null, bulkId = null }: Deciders,
  now: Date,
  wasKept = false,
): Promise<void> {
  const { id, review, consultationId, clause, stance, version } = comment
  const state = stateAfter(ruling.admission, ruling.publication)
  const cell = { consultationId, clause, stance }
  const actor = agreedBy ?? staffId
  const spans = withAllHidden(seen.spans)
  const isRedacting = hiddenCount(spans) > 0
  const { body, wording } = comment
  const shown = isRedacting ? redacted(comment, spans) : { body, wording }
  const decision = { id: uuid(), commentId: id, review, staffId, agreedBy, createdAt: now, bulkId, ...ruling }
  const published = {
    decidedAt: now,
    ...(state === 'published' ? { publishedAt: now, publishedDay: shanghaiDay(now) } : unpublished),
  }
  const read = { id, review, version: ruling.version, actor, now }
  const storing = (tx: Query) => must('stale', judge(tx, { ...read, state, ...published, ...shown }))
  const [points, isCopy] = await Promise.all([
    comment.splitRevision === null ? null : arrangementOf(db, id),
    isCopyOfParted(db, id),
  ])
  await atomicallySealed(db, seals, (tx) => [
    ...(wasKept ? [must('stale', endDue(tx, id)), letGo(tx, { id })] : []),
    attests(storing(tx), now, ...(isRedacting ? [wordsFact(comment, { ...comment, ...shown })] : [])),
    keepSpans(tx, { id, version }, seen, isRedacting ? [] : spans, now),
    ...(isRedacting
      ? [
          keepOriginal(tx, seals, comment, spans, now),
          rememberAnew(tx, 'staff', comment.number, searchedText(shown)),
          ...readPassagesAnew(tx, comment.number),
          overwriteLater(tx),
        ]
      : []),
    attests(insertDecision(tx, decision), now, decisionFact(decision)),
    letGo(tx, { id }),
    ...(appeal
      ? [
          attests(
            tx
              .update(appeals)
              .set(appeal)
              .where(and(eq(appeals.commentId, id), eq(appeals.review, review))),
            now,
            hearingFact(id, appeal.outcome, appeal.answer),
          ),
        ]
      : []),
    ...(state === 'published' ? remember(tx, 'public', comment.number, searchedText(shown)) : []),
    ...addToCounts(tx, [
      { cell: { ...cell, state: 'pending' }, by: -1 },
      { cell: { ...cell, state }, by: 1 },
    ]),
    countRuled(tx, { id, state, review }),
    countDecision(tx, stance, decision),
    ...answerAlike(tx, id),
    ...countAnswer(tx, id),
    ...carryPoints(tx, id, points, { before: body, after: shown.body, ofTouched: asItWas }),
    ...(isCopy ? inheritPoints(tx, id, now) : []),
    ...letterJudged(tx, comment, { state, body: shown.body, isCopy }, now),
    raiseRevision(tx, consultationId),
    logAct(tx, { staffId: actor, now }, 'comment.decide', id, {
      from: 'pending',
      to: state,
      review,
      version,
      reason: ruling.reason,
      transferred: ruling.transferred,
      agreedWith: agreedBy === null ? null : staffId,
      spans: placesOf(spans),
    }),
  ])
}

const unpublished = { publishedAt: null, publishedDay: null }

/** A comment as it was read, by whom, and what becomes of it. */
interface Judged extends Pick<typeof comments.$inferSelect, 'id' | 'review' | 'version' | 'state' | 'body'> {
  wording: string | null
  decidedAt: Date
  publishedAt: Date | null
  publishedDay: string | null
  actor: string
  now: Date
}

const judge = filled((tx: Query, { id, review, version, actor, now, ...set }: Judged) =>
  tx
    .update(comments)
    .set(set)
    .where(
      and(
        eq(comments.id, id),
        eq(comments.state, 'pending'),
        eq(comments.review, review),
        eq(comments.version, version),
        notExists(claimedByOthers(tx, { id, actor, now })),
        notExists(isDue(tx, comments.id)),
      ),
    )
    .returning({ id: comments.id }),
)
const insertDecision = filled((tx: Query, decision: Decision) => tx.insert(decisions).values(decision))
const letGo = filled((tx: Query, { id }: { id: string }) => tx.delete(claims).where(eq(claims.commentId, id)))

/** Every decision on a comment with who made it, the newest first. */
export async function decisionsOn(db: Database, commentId: string) {
  return db.query
    .select({ decision: decisions, by: staff.name })
    .from(decisions)
    .innerJoin(staff, eq(staff.id, decisions.staffId))
    .where(eq(decisions.commentId, commentId))
    .orderBy(desc(decisions.review))
}
