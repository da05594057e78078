import { and, asc, eq, lt, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { reopeningFact } from '../../../server/rules/evidence/review-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { prepared } from '../../prepared.ts'
import { appeals, comments, decisions, reopenings, staff, versions, votes } from '../../schema/index.ts'
import { forget } from '../../search.ts'
import { uncountLeaving } from '../comments/answer-counts.ts'
import { addToCounts } from '../comments/comment-counts.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { uncountSplitLeaving } from '../points/split-counts.ts'
import type { CommentToJudge } from './comment-to-judge.ts'
import { uncountRuled } from './ruling-counts.ts'

export interface Appeal {
  grounds: string
  createdAt: Date
  outcome: string | null
  answer: string | null
}

/** A decided comment that is to wait again. */
export type Reopened = Pick<
  CommentToJudge,
  'id' | 'number' | 'consultationId' | 'clause' | 'stance' | 'state' | 'review'
>

/**
 * Lets a decided comment wait again; it leaves the public's pages until it is decided anew. Every past decision stays.
 * @throws Refused where its state has changed meanwhile
 */
export async function reopen(db: Database, comment: Reopened, reason: string, act: Act): Promise<void> {
  await db.atomically((tx) => reopening(tx, comment, reason, act))
}

/** The statements after which a decided comment waits again. */
export function reopening(tx: Query, comment: Reopened, reason: string, act: Act) {
  const { id, number, consultationId, clause, stance, state } = comment
  const review = comment.review + 1
  const cell = { consultationId, clause, stance }
  const row = { id: uuid(), commentId: id, review, reason, staffId: act.staffId, createdAt: act.now }
  return [
    must(
      'stale',
      tx
        .update(comments)
        .set({ state: 'pending', review, decidedAt: null, publishedAt: null, publishedDay: null })
        .where(and(eq(comments.id, id), eq(comments.state, state), eq(comments.review, comment.review)))
        .returning({ id: comments.id }),
    ),
    attests(tx.insert(reopenings).values(row), act.now, reopeningFact(row)),
    ...addToCounts(tx, [
      { cell: { ...cell, state }, by: -1 },
      { cell: { ...cell, state: 'pending' }, by: 1 },
    ]),
    ...uncountRuled(tx, comment),
    ...uncountLeaving(tx, id, state),
    ...uncountSplitLeaving(tx, id, state),
    forget(tx, 'public', number),
    raiseRevision(tx, consultationId),
    logAct(tx, act, 'comment.reopen', id, { from: state, to: 'pending', review }),
  ]
}

/** Why a comment was looked at again, and by whose wish. */
export async function reopeningsOn(db: Database, commentId: string) {
  return db.query
    .select({ reason: reopenings.reason, createdAt: reopenings.createdAt, by: staff.name })
    .from(reopenings)
    .innerJoin(staff, eq(staff.id, reopenings.staffId))
    .where(eq(reopenings.commentId, commentId))
}

/** When its author gave a comment other words, the first time first. */
export function revisionsOn(db: Database, commentId: string): Promise<{ at: Date }[]> {
  return db.query
    .select({ at: versions.replacedAt })
    .from(versions)
    .where(eq(versions.commentId, commentId))
    .orderBy(asc(versions.version))
}

/** What a comment said in an earlier version; null where that is not kept. */
export async function wordsOfVersion(
  db: Database,
  commentId: string,
  version: number,
): Promise<{ body: string; wording: string | null } | null> {
  const [row] = await db.query
    .select({ body: versions.body, wording: versions.wording })
    .from(versions)
    .where(and(eq(versions.commentId, commentId), eq(versions.version, version)))
  return row ?? null
}

const heard = prepared('appeal_heard', (query) =>
  query
    .select()
    .from(appeals)
    .where(
      and(
        eq(appeals.commentId, sql.param(sql.placeholder('id'), appeals.commentId)),
        eq(appeals.review, sql.param(sql.placeholder('review'), appeals.review)),
      ),
    ),
)

/** The appeal that this round of review hears; null where it hears none. */
export async function appealHeard(
  db: Database,
  { id, review }: Pick<CommentToJudge, 'id' | 'review'>,
): Promise<Appeal | null> {
  const [row] = await heard(db).execute({ id, review })
  return row ?? null
}

/** Who took part in the decisions of a comment's earlier rounds of review: decided, agreed, or held otherwise. */
export async function tookPart(
  db: Database,
  { id, review }: Pick<CommentToJudge, 'id' | 'review'>,
): Promise<Set<string>> {
  const [decided, voted] = await Promise.all([
    db.query
      .select({ staffId: decisions.staffId, agreedBy: decisions.agreedBy })
      .from(decisions)
      .where(eq(decisions.commentId, id)),
    db.query
      .select({ staffId: votes.staffId })
      .from(votes)
      .where(and(eq(votes.commentId, id), lt(votes.review, review))),
  ])
  const deciders = decided.flatMap(({ staffId, agreedBy }) => (agreedBy ? [staffId, agreedBy] : [staffId]))
  return new Set([...deciders, ...voted.map(({ staffId }) => staffId)])
}
