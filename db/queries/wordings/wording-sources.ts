import {
  and,
  asc,
  eq,
  exists,
  inArray,
  isNotNull,
  lt,
  notExists,
  or,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Query, Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  comments,
  concerns,
  points,
  revisedWordings,
  wordingComments,
  wordingConcerns,
  wordingPoints,
} from '../../schema/index.ts'
import { isApprovedIn } from './revised-wordings.ts'

/** What led to a wording: comments by their public ids, points and concerns by theirs. */
export interface Sources {
  comments: string[]
  points: string[]
  concerns: string[]
}

export const noSources: Sources = { comments: [], points: [], concerns: [] }

/** The statement that tells the id of one wording. */
type IdOf = SQLWrapper

/** What was ticked as having led to a wording; a comment that stands there for its point alone is left out. */
export async function sourcesOf(db: Database, wordingId: string): Promise<Sources> {
  const [whole, parts, gathered] = await Promise.all([
    db.query
      .select({ id: comments.publicId, commentId: comments.id })
      .from(wordingComments)
      .innerJoin(comments, eq(comments.id, wordingComments.commentId))
      .where(eq(wordingComments.wordingId, wordingId))
      .orderBy(asc(wordingComments.commentId)),
    db.query
      .select({ id: points.id, commentId: points.commentId })
      .from(wordingPoints)
      .innerJoin(points, eq(points.id, wordingPoints.pointId))
      .where(eq(wordingPoints.wordingId, wordingId))
      .orderBy(asc(points.id)),
    db.query
      .select({ id: wordingConcerns.concernId })
      .from(wordingConcerns)
      .where(eq(wordingConcerns.wordingId, wordingId))
      .orderBy(asc(wordingConcerns.concernId)),
  ])
  const parted = new Set(parts.map(({ commentId }) => commentId))
  return {
    comments: whole.flatMap(({ id, commentId }) => (parted.has(commentId) ? [] : [id])),
    points: parts.map(({ id }) => id),
    concerns: gathered.map(({ id }) => id),
  }
}

/**
 * The comments and points that led to a clause's approved wordings of earlier rounds, by their ids as a form sends them,
 * with the round that each reworded.
 */
export async function usedBefore(
  db: Database,
  consultationId: string,
  { key, round }: { key: string; round: number },
): Promise<Map<string, number>> {
  if (round === 1) return new Map()
  const earlier = and(
    isApprovedIn(consultationId),
    eq(revisedWordings.clause, key),
    lt(revisedWordings.round, round),
  )
  const [whole, parts] = await Promise.all([
    db.query
      .select({ id: comments.publicId, round: revisedWordings.round })
      .from(revisedWordings)
      .innerJoin(wordingComments, eq(wordingComments.wordingId, revisedWordings.id))
      .innerJoin(comments, eq(comments.id, wordingComments.commentId))
      .where(earlier),
    db.query
      .select({ id: wordingPoints.pointId, round: revisedWordings.round })
      .from(revisedWordings)
      .innerJoin(wordingPoints, eq(wordingPoints.wordingId, revisedWordings.id))
      .where(earlier),
  ])
  return new Map([...whole, ...parts].map(({ id, round }) => [id, round]))
}

/**
 * The statements after which a wording has these sources and no others; the comment of a point is one too, and so are the
 * concerns of the points on its clause.
 */
export function setSources(tx: Query, consultationId: string, wording: IdOf, sources: Sources): Statement[] {
  const wordingId = idIn(wording)
  const isAdmitted = and(
    eq(comments.consultationId, consultationId),
    inArray(comments.state, [...admittedStates]),
  )
  const isPoint = and(inArray(points.id, sources.points), eq(points.kind, 'point'))
  const ofPoints = tx.select({ id: points.commentId }).from(points).where(isPoint)
  return [
    ...forgetSources(tx, wording),
    tx
      .insert(wordingComments)
      .select(
        tx
          .select({ wordingId, commentId: comments.id })
          .from(comments)
          .where(
            and(isAdmitted, or(inArray(comments.publicId, sources.comments), inArray(comments.id, ofPoints))),
          ),
      )
      .onConflictDoNothing(),
    tx
      .insert(wordingPoints)
      .select(
        tx
          .select({ wordingId, pointId: points.id })
          .from(points)
          .innerJoin(comments, eq(comments.id, points.commentId))
          .where(and(isAdmitted, isPoint)),
      )
      .onConflictDoNothing(),
    tx
      .insert(wordingConcerns)
      .select(
        tx
          .select({ wordingId, concernId: concerns.id })
          .from(concerns)
          .where(and(eq(concerns.consultationId, consultationId), inArray(concerns.id, sources.concerns))),
      )
      .onConflictDoNothing(),
    ...gatheredBehind(tx, wording),
  ]
}

const idIn = (wording: IdOf) => sql<string>`(${wording})`.as('wording_id')

/** The statements after which the concerns of the points that led to a wording have led to it, too. */
export function gatheredBehind(tx: Query, wording: IdOf): Statement[] {
  const isItself = sql`${wordingComments.wordingId} in (${wording})`
  const parts = tx
    .selectDistinct({
      wordingId: idIn(wording),
      concernId: sql<string>`${points.concernId}`.as('concern_id'),
    })
    .from(wordingComments)
    .innerJoin(revisedWordings, eq(revisedWordings.id, wordingComments.wordingId))
    .innerJoin(
      points,
      and(eq(points.commentId, wordingComments.commentId), eq(points.clause, revisedWordings.clause)),
    )
  const ticked = tx
    .select({ id: wordingPoints.pointId })
    .from(wordingPoints)
    .innerJoin(own, eq(own.id, wordingPoints.pointId))
    .where(and(eq(wordingPoints.wordingId, wordingComments.wordingId), eq(own.commentId, points.commentId)))
  // Of a comment of which points were ticked, those alone.
  const isMeant = or(
    notExists(ticked),
    exists(
      tx
        .select({ id: wordingPoints.pointId })
        .from(wordingPoints)
        .where(
          and(eq(wordingPoints.wordingId, wordingComments.wordingId), eq(wordingPoints.pointId, points.id)),
        ),
    ),
  )
  return [
    tx
      .insert(wordingConcerns)
      .select(parts.where(and(isItself, isNotNull(points.concernId), isMeant)))
      .onConflictDoNothing(),
  ]
}

const own = alias(points, 'own_point')

/** The statements after which nothing led to a wording. */
export function forgetSources(tx: Query, wording: IdOf): Statement[] {
  return [wordingComments, wordingPoints, wordingConcerns].map((table) =>
    tx.delete(table).where(sql`${table.wordingId} in (${wording})`),
  )
}
