import { and, asc, eq, inArray, isNotNull, isNull, not, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { PointFilters } from '../../../server/rules/points/point-filters.ts'
import type { Database } from '../../database.ts'
import {
  comments,
  concerns,
  isObjectedPoint,
  points,
  responseComments,
  responses,
} from '../../schema/index.ts'
import { hasAnswer } from '../comments/answered.ts'
import { hasPoints, isOnePoint } from '../comments/answered-points.ts'
import { isListedObjection } from './objections.ts'
import { behindPoint, inTurn, type PointWay, type PointWays, wayToPoints } from './ways.ts'

/** A point in a list: a part of a comment that was split, or all of one that was not. */
export interface ListedPoint {
  /** null for a comment that is its own one point. */
  id: string | null
  /** The comment's. */
  publicId: string
  clause: string
  /** 提出人所选条款. */
  commentClause: string
  stance: string
  /** The comment's. */
  state: string
  text: string
  concern: { id: string; sentence: string } | null
  /** A letter that nobody has parted yet (待梳理): it is not gathered and not answered as it is. */
  isWaiting: boolean
  /** Its author finds that the concern does not say what was meant. */
  isObjected: boolean
  response: { id: string; outcome: string; state: string } | null
}

/** Where a page of points ends: the parts of comments stand before those that are whole. */
export interface PointPlace {
  of: 'parts' | 'whole'
  id: string
}

const answer = { id: responses.id, outcome: responses.outcome, state: responses.state }

/**
 * A page of the points of admitted comments that are found by these ways. Letters that nobody has parted stand among all of
 * them, as the one point that each still counts for, and are left out where the list is narrowed to what can be worked.
 */
export async function listedPoints(
  db: Database,
  consultationId: string,
  { ways, filters }: { ways: PointWays; filters: PointFilters },
  { after, limit }: { after: PointPlace | null; limit: number },
): Promise<ListedPoint[]> {
  const meant = narrowed(consultationId, filters)
  const parts =
    after?.of === 'whole'
      ? []
      : await inTurn(ways.parts, after?.id ?? null, limit, (way, behind, rest) =>
          partsWhere(db, and(meant, way.by), { way, behind }, rest),
        )
  const rest = limit - parts.length
  if (rest === 0 || filters.concern === 'some') return parts
  const from = after?.of === 'whole' ? after.id : null
  const whole = await inTurn(ways.whole, from, rest, ({ by }, behind, rest) =>
    wholeComments(db, and(eq(comments.consultationId, consultationId), by), filters, behind, rest),
  )
  return [...parts, ...whole]
}

/** The points of a concern. */
export function pointsOfConcern(db: Database, concernId: string, after: string | null, limit: number) {
  return inOrderOfIds(db, eq(points.concernId, concernId), after, limit)
}

/** What authors object to and nobody has decided yet. */
export function objectedPoints(
  db: Database,
  consultationId: string,
  after: string | null,
  limit: number,
): Promise<ListedPoint[]> {
  return inOrderOfIds(db, and(eq(points.consultationId, consultationId), isListedObjection), after, limit)
}

function inOrderOfIds(db: Database, meant: SQL | undefined, behind: string | null, limit: number) {
  return partsWhere(db, meant, { way: wayToPoints(db, meant, 'id'), behind }, limit)
}

function narrowed(
  consultationId: string,
  { clause, stance, concern, answered }: PointFilters,
): SQL | undefined {
  // Without a parameter, as the index of unanswered points is told it: else it would not be used.
  const kind =
    answered === 'no'
      ? sql`${points.responseId} is null and ${points.kind} = 'point'`
      : eq(points.kind, 'point')
  return and(
    eq(points.consultationId, consultationId),
    kind,
    clause ? eq(points.clause, clause) : undefined,
    stance ? eq(points.stance, stance) : undefined,
    answered === 'yes' ? isNotNull(points.responseId) : undefined,
    concern === 'none'
      ? isNull(points.concernId)
      : concern === 'some'
        ? isNotNull(points.concernId)
        : undefined,
  )
}

async function partsWhere(
  db: Database,
  meant: SQL | undefined,
  { way, behind }: { way: PointWay; behind: string | null },
  limit: number,
): Promise<ListedPoint[]> {
  const rows = await db.query
    .select({
      id: points.id,
      publicId: comments.publicId,
      clause: points.clause,
      commentClause: comments.clause,
      stance: points.stance,
      state: comments.state,
      text: sql<string>`substr(${comments.body}, ${points.start} + 1, ${points.end} - ${points.start})`,
      concern: { id: concerns.id, sentence: concerns.sentence },
      isWaiting: sql<boolean>`false`.mapWith(Boolean),
      isObjected: sql<boolean>`${isObjectedPoint}`.mapWith(Boolean),
      response: answer,
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .leftJoin(concerns, eq(concerns.id, points.concernId))
    .leftJoin(responses, eq(responses.id, points.responseId))
    .where(
      and(
        meant,
        inArray(comments.state, [...admittedStates]),
        behind === null ? undefined : behindPoint(way, behind),
      ),
    )
    .orderBy(...(way.order === 'id' ? [asc(points.id)] : [asc(points.commentId), asc(points.start)]))
    .limit(limit)
  return rows
}

/** As their index is told it: with parameters it would not be used. */
const unanswered = sql`${comments.answered} = 'none' and ${comments.state} in ('published', 'withheld')`

async function wholeComments(
  db: Database,
  meant: SQL | undefined,
  { clause, stance: only, concern, answered }: PointFilters,
  after: string | null,
  limit: number,
): Promise<ListedPoint[]> {
  const { publicId, stance, state, body } = comments
  const last = db.query
    .select({ id: comments.id })
    .from(comments)
    .where(eq(publicId, after ?? ''))
  const rows = await db.query
    .select({
      ...{ id: comments.id, publicId, clause: comments.clause, stance, state, text: body },
      isWaiting: not(isOnePoint(db.query)).mapWith(Boolean),
    })
    .from(comments)
    .where(
      and(
        meant,
        clause ? eq(comments.clause, clause) : undefined,
        only ? eq(stance, only) : undefined,
        inArray(state, [...admittedStates]),
        concern === null && answered === null ? not(hasPoints(db.query)) : isOnePoint(db.query),
        answered === 'no' ? unanswered : undefined,
        answered === 'yes' ? hasAnswer : undefined,
        after ? sql`${comments.id} > (${last})` : undefined,
      ),
    )
    .orderBy(asc(comments.id))
    .limit(limit)
  const answers = await answersOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map(({ id, ...row }) => ({
    ...row,
    id: null,
    commentClause: row.clause,
    concern: null,
    isObjected: false,
    response: answers.get(id) ?? null,
  }))
}

/** By comment. Joined to a list they would be read from the first to where it ends. */
async function answersOf(db: Database, ids: string[]): Promise<Map<string, ListedPoint['response']>> {
  if (ids.length === 0) return new Map()
  const rows = await db.query
    .select({ commentId: responseComments.commentId, response: answer })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(inArray(responseComments.commentId, ids))
  return new Map(rows.map(({ commentId, response }) => [commentId, response]))
}
