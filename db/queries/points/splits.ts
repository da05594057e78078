import { and, asc, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Arrangement, Point } from '../../../server/rules/points/arrangement.ts'
import type { PointKind } from '../../../server/rules/points/points.ts'
import type { Database } from '../../database.ts'
import {
  comments,
  isObjectedPoint,
  points,
  responseComments,
  responses,
  splits,
  submissions,
} from '../../schema/index.ts'

/** A comment as whoever parts it reads it. */
export interface SplitComment {
  id: string
  publicId: string
  consultationId: string
  round: number
  clause: string
  stance: string
  body: string
  proposal: string | null
  wording: string | null
  state: string
  version: number
  review: number
  receiptNumber: string
  maskedName: string | null
  identity: string
  createdAt: Date
  split: Split
}

/** How far it has been parted; of one that nobody has touched the revision is 0. */
export interface Split {
  state: 'untouched' | 'waiting' | 'single' | 'split'
  revision: number
  arrangement: Arrangement
  /** The points whose answer is approved. */
  settled: ReadonlySet<string>
  /** Who marked each point, and whether its author objects to what was made of it. */
  marks: ReadonlyMap<string, { by: string; isObjected: boolean }>
  before: Arrangement | null
  /** Of one that has no points: its answer, in whatever state. */
  responseId: string | null
}

const read = {
  id: comments.id,
  publicId: comments.publicId,
  consultationId: comments.consultationId,
  round: comments.round,
  clause: comments.clause,
  stance: comments.stance,
  body: comments.body,
  proposal: comments.proposal,
  wording: comments.wording,
  state: comments.state,
  version: comments.version,
  review: comments.review,
  createdAt: comments.createdAt,
  receiptNumber: submissions.receiptNumber,
  maskedName: submissions.maskedName,
  identity: submissions.identity,
}

/** An admitted comment with its points, by its public id; null where there is none in this consultation. */
export async function commentToSplit(
  db: Database,
  consultationId: string,
  publicId: string,
): Promise<SplitComment | null> {
  const [row] = await db.query
    .select(read)
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        eq(comments.publicId, publicId),
        eq(comments.consultationId, consultationId),
        inArray(comments.state, [...admittedStates]),
      ),
    )
  return row ? { ...row, split: await splitOf(db, row.id) } : null
}

/** How far a comment has been parted. */
export async function splitOf(db: Database, commentId: string): Promise<Split> {
  const [[row], found, [answer]] = await Promise.all([
    db.query
      .select({ state: splits.state, revision: splits.revision, before: splits.before })
      .from(splits)
      .where(eq(splits.commentId, commentId)),
    pointsOf(db, commentId),
    db.query
      .select({ responseId: responseComments.responseId })
      .from(responseComments)
      .where(eq(responseComments.commentId, commentId)),
  ])
  const { state, revision, before } = row ?? { state: 'untouched', revision: 0, before: null }
  return {
    ...{ state: state as Split['state'], revision, before },
    arrangement: found.map(({ point }) => point),
    settled: new Set(found.flatMap(({ point, isSettled }) => (isSettled ? [point.id] : []))),
    marks: new Map(found.map(({ point, by, isObjected }) => [point.id, { by, isObjected }])),
    responseId: answer?.responseId ?? null,
  }
}

/** The points of a comment, in the order of its text, with who marked each. */
async function pointsOf(
  db: Database,
  commentId: string,
): Promise<{ point: Point; by: string; isObjected: boolean; isSettled: boolean }[]> {
  const { id, start, end, kind, clause, stance, themeId, departmentId, dueOn, concernId, responseId } = points
  const { reason, confirmedBy, markedBy } = points
  const rows = await db.query
    .select({
      point: {
        ...{ id, start, end, kind, clause, stance, themeId, departmentId, dueOn },
        ...{ concernId, responseId, reason, confirmedBy },
      },
      by: markedBy,
      isObjected: sql<boolean>`${isObjectedPoint}`.mapWith(Boolean),
      state: responses.state,
    })
    .from(points)
    .leftJoin(responses, eq(responses.id, responseId))
    .where(eq(points.commentId, commentId))
    .orderBy(asc(start))
  return rows.map(({ point, by, isObjected, state }) => ({
    point: { ...point, kind: point.kind as PointKind },
    by,
    isObjected,
    isSettled: state === 'approved',
  }))
}

/** The points of a comment; null where it was not split. */
export async function arrangementOf(db: Database, commentId: string): Promise<Arrangement | null> {
  const found = await pointsOf(db, commentId)
  return found.length === 0 ? null : found.map(({ point }) => point)
}

/** A letter that is still to be parted. */
export interface OpenLetter {
  publicId: string
  clause: string
  state: string
  length: number
  uncovered: number
  body: string
  receiptNumber: string
}

/** Where a page of open letters ends. */
export type LetterPlace = Pick<OpenLetter, 'length' | 'publicId'>

/** The letters that are still to be parted, the longest first. @param after the last of the page before */
export function openLetters(
  db: Database,
  consultationId: string,
  { after, limit }: { after: LetterPlace | null; limit: number },
): Promise<OpenLetter[]> {
  const { commentId, state, length, uncovered } = splits
  const page = db.query
    .select({ commentId, state, length, uncovered })
    .from(splits)
    .where(and(isOpen(consultationId), after ? behind(db, after) : undefined))
    .orderBy(desc(length), desc(commentId))
    .limit(limit)
    .as('page')
  return db.query
    .select({
      publicId: comments.publicId,
      clause: comments.clause,
      state: page.state,
      length: page.length,
      uncovered: page.uncovered,
      body: comments.body,
      receiptNumber: submissions.receiptNumber,
    })
    .from(page)
    .innerJoin(comments, eq(comments.id, page.commentId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .orderBy(desc(page.length), desc(page.commentId))
}

function behind(db: Database, { length, publicId }: LetterPlace): SQL {
  const last = db.query.select({ id: comments.id }).from(comments).where(eq(comments.publicId, publicId))
  return sql`(${splits.length}, ${splits.commentId}) < (${length}, (${last}))`
}

/** How many there are. */
export async function countOpenLetters(db: Database, consultationId: string): Promise<number> {
  const [row] = await db.query.select({ count: count() }).from(splits).where(isOpen(consultationId))
  return row?.count ?? 0
}

/** The condition that a letter is still to be parted. */
export function isOpen(consultationId: string): SQL | undefined {
  // Without a parameter, as the index is told it: else it would not be used.
  return and(eq(splits.consultationId, consultationId), openSplit)
}

const openSplit = sql`${splits.isOpen}`
