import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { AssignedThing } from '../../../server/rules/departments/assignments.ts'
import type { Database } from '../../database.ts'
import { comments, concerns, points, submissions } from '../../schema/index.ts'
import { isUnanswered } from '../comments/answered.ts'
import { inTurn } from '../points/ways.ts'
import { concernIsOpen, isTheirComment, isTheirConcern, isTheirPoint } from './assigned.ts'
import { type Meant, narrowed } from './assignment-states.ts'
import { waysToComments, waysToPoints } from './assignment-ways.ts'

/** A thing that a department was given, as its staff read it. */
export interface Assignment extends AssignedThing {
  text: string
  clause: string
  /** null for a concern. */
  said: {
    stance: string
    state: string
    /** Whose name stays sealed unless the office opens it for the department. */
    submissionId: string
    identity: string
    name: string | null
    organisation: string | null
  } | null
  /** How many points a concern has. */
  count: number
  wording: string | null
}

export interface Asked {
  consultationId: string
  departmentId: string
}

export async function concernsMeant(
  db: Database,
  asked: Asked,
  meant: Meant,
  limit: number,
): Promise<Assignment[]> {
  const { query } = db
  const { id } = concerns
  const rows = await query
    .select(concernRead)
    .from(concerns)
    .where(
      and(
        isTheirConcern(query, asked.consultationId, asked.departmentId),
        narrowed(query, asked, { kind: 'concern', key: id, open: concernIsOpen(query) }, meant),
      ),
    )
    .orderBy(asc(id))
    .limit(limit)
  return rows.map(asConcern)
}

export const concernRead = {
  target: concerns.id,
  text: concerns.sentence,
  clause: concerns.clause,
  count: concerns.count,
}

export function asConcern(row: Pick<Assignment, keyof typeof concernRead>): Assignment {
  return { kind: 'concern', ...row, said: null, wording: null }
}

const said = {
  stance: comments.stance,
  state: comments.state,
  submissionId: submissions.id,
  identity: submissions.identity,
  name: submissions.name,
  organisation: submissions.organisation,
}

export async function pointsMeant(
  db: Database,
  asked: Asked,
  meant: Meant,
  limit: number,
): Promise<Assignment[]> {
  if (!('behind' in meant) || meant.state !== 'open') return pointsWhere(db, asked, meant, limit)
  const ways = waysToPoints(db, asked, meant.clauses)
  return inTurn(ways, meant.behind, limit, (way, behind, rest) =>
    pointsWhere(db, asked, { ...meant, behind }, rest, way.by),
  )
}

async function pointsWhere(
  db: Database,
  asked: Asked,
  meant: Meant,
  limit: number,
  way?: SQL,
): Promise<Assignment[]> {
  const { query } = db
  const { id, clause, start, end, stance } = points
  const rows = await query
    .select({
      target: id,
      text: sql<string>`substr(${comments.body}, ${start} + 1, ${end} - ${start})`,
      clause,
      said: { ...said, stance },
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        isTheirPoint(query, asked.consultationId, asked.departmentId),
        way,
        narrowed(query, asked, { kind: 'point', key: id, open: isNull(points.responseId) }, meant),
      ),
    )
    .orderBy(asc(id))
    .limit(limit)
  return rows.map((row) => ({ kind: 'point', ...row, count: 1, wording: null }))
}

export async function commentsMeant(
  db: Database,
  asked: Asked,
  meant: Meant,
  limit: number,
): Promise<Assignment[]> {
  if (!('behind' in meant) || meant.state !== 'open') return commentsWhere(db, asked, meant, limit)
  const ways = waysToComments(db, asked, meant.clauses)
  return inTurn(ways, meant.behind, limit, (way, behind, rest) =>
    commentsWhere(db, asked, { ...meant, behind }, rest, way.by),
  )
}

async function commentsWhere(
  db: Database,
  asked: Asked,
  meant: Meant,
  limit: number,
  way?: SQL,
): Promise<Assignment[]> {
  const { query } = db
  const { id, publicId, body, clause, wording } = comments
  const rows = await query
    .select({ target: publicId, text: body, clause, wording, said })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        isTheirComment(query, asked.consultationId, asked.departmentId),
        way,
        narrowed(query, asked, { kind: 'comment', key: publicId, open: isUnanswered }, meant),
      ),
    )
    .orderBy(asc(id))
    .limit(limit)
  return rows.map((row) => ({ kind: 'comment', ...row, count: 1 }))
}
