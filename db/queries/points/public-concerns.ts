import { and, asc, desc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import {
  comments,
  concerns,
  isPublished,
  points,
  responses,
  revisedWordings,
  rounds,
  wordingComments,
  wordingConcerns,
} from '../../schema/index.ts'
import type { Consultation } from '../consultations/consultations.ts'

/** A clause of a published round that reads otherwise in the one after it. */
export interface Changed {
  round: number
  clause: string
}

/** A concern that the public may read: it led to other words that are out, or its answer is. */
export interface PublicConcern {
  id: string
  sentence: string
  clause: string
  changed: Changed[]
  /** Made known with the outcome; null before, or where none is approved. */
  answer: {
    outcome: string
    reason: string
    correctedAt: Date | null
    correctionCause: string | null
  } | null
}

/** Whose concerns are asked for, and whether their answers are out. */
type Of = Pick<Consultation, 'id' | 'outcomeAt'>

/** A concern by its id; null where there is none, or nothing of it is public yet. */
export async function publicConcern(
  db: Database,
  consultation: Of,
  concernId: string,
): Promise<PublicConcern | null> {
  const [[concern], changed, [answer]] = await Promise.all([
    db.query
      .select({ id: concerns.id, sentence: concerns.sentence, clause: concerns.clause })
      .from(concerns)
      .where(and(eq(concerns.id, concernId), eq(concerns.consultationId, consultation.id))),
    changedFor(db, [concernId]),
    consultation.outcomeAt === null ? [] : approvedAnswers(db, concernId),
  ])
  if (!concern || (changed.length === 0 && !answer)) return null
  return {
    ...concern,
    changed: changed.map(({ round, clause }) => ({ round, clause })),
    answer: answer ?? null,
  }
}

function approvedAnswers(db: Database, concernId: string) {
  const { outcome, reason, correctedAt, correctionCause } = responses
  return db.query
    .select({ outcome, reason, correctedAt, correctionCause })
    .from(responses)
    .where(and(eq(responses.concernId, concernId), eq(responses.state, 'approved')))
    .orderBy(desc(responses.id))
    .limit(1)
}

/** The round after the one that a wording rewords is published. */
const isOutAfter = and(
  eq(rounds.consultationId, revisedWordings.consultationId),
  eq(rounds.number, sql`${revisedWordings.round} + 1`),
  isNotNull(rounds.publishedAt),
)

/** The clauses to whose new words these concerns led, as far as the round after theirs is published. */
function changedFor(db: Database, ids: string[]) {
  const { round, clause } = revisedWordings
  return db.query
    .select({ concernId: wordingConcerns.concernId, round, clause })
    .from(wordingConcerns)
    .innerJoin(revisedWordings, eq(revisedWordings.id, wordingConcerns.wordingId))
    .innerJoin(rounds, isOutAfter)
    .where(and(inArray(wordingConcerns.concernId, ids), eq(revisedWordings.isApproved, true)))
    .orderBy(asc(round), asc(clause))
}

/** A point of a published comment, in the comment's words as they are published. */
export interface PublishedPoint {
  id: string
  /** The comment's. */
  publicId: string
  text: string
}

/** A page of the points of a concern whose comments the public may read. @param after the last of the page before */
export function publishedPoints(
  db: Database,
  concernId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<PublishedPoint[]> {
  return db.query
    .select({
      id: points.id,
      publicId: comments.publicId,
      text: sql<string>`substr(${comments.body}, ${points.start} + 1, ${points.end} - ${points.start})`,
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(eq(points.concernId, concernId), isPublished, after ? gt(points.id, after) : undefined))
    .orderBy(asc(points.id))
    .limit(limit)
}

/** What a published comment helped to change, and its concerns that the public may read. */
export interface CommentChanges {
  changed: Changed[]
  concerns: { id: string; sentence: string }[]
}

/** @param commentId the public id of a comment that the public may read */
export async function changesBy(db: Database, consultation: Of, commentId: string): Promise<CommentChanges> {
  const gathered = await db.query
    .selectDistinct({ id: concerns.id, sentence: concerns.sentence, createdAt: concerns.createdAt })
    .from(comments)
    .innerJoin(points, eq(points.commentId, comments.id))
    .innerJoin(concerns, eq(concerns.id, points.concernId))
    .where(and(eq(comments.publicId, commentId), isPublished))
    .orderBy(asc(concerns.createdAt), asc(concerns.id))
  const ids = gathered.map(({ id }) => id)
  const [ticked, changed, answered] = await Promise.all([
    changedByComment(db, commentId),
    ids.length === 0 ? [] : changedFor(db, ids),
    ids.length === 0 || consultation.outcomeAt === null
      ? []
      : db.query
          .select({ concernId: responses.concernId })
          .from(responses)
          .where(and(inArray(responses.concernId, ids), eq(responses.state, 'approved'))),
  ])
  const isPublic = new Set([...changed, ...answered].map(({ concernId }) => concernId))
  const all = [...ticked, ...changed].map(({ round, clause }) => ({ round, clause }))
  return {
    changed: [...new Map(all.map((one) => [`${one.round} ${one.clause}`, one])).values()],
    concerns: gathered.flatMap(({ id, sentence }) => (isPublic.has(id) ? [{ id, sentence }] : [])),
  }
}

function changedByComment(db: Database, publicId: string) {
  const { round, clause } = revisedWordings
  return db.query
    .select({ round, clause })
    .from(comments)
    .innerJoin(wordingComments, eq(wordingComments.commentId, comments.id))
    .innerJoin(revisedWordings, eq(revisedWordings.id, wordingComments.wordingId))
    .innerJoin(rounds, isOutAfter)
    .where(and(eq(comments.publicId, publicId), eq(revisedWordings.isApproved, true)))
}

/** The concerns that say just what some rows of an outcome say of a clause, by clause and sentence. */
export async function concernsSaying(
  db: Database,
  consultationId: string,
  rows: readonly { clause: string; body: string }[],
): Promise<{ id: string; clause: string; sentence: string }[]> {
  if (rows.length === 0) return []
  const { id, clause, sentence } = concerns
  return db.query
    .select({ id, clause, sentence })
    .from(concerns)
    .where(
      and(
        eq(concerns.consultationId, consultationId),
        inArray(clause, [...new Set(rows.map((row) => row.clause))]),
        inArray(sentence, [...new Set(rows.map((row) => row.body))]),
      ),
    )
}
