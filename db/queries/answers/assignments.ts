import { and, asc, eq, exists, gt, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import type {
  AssignedThing,
  AssignmentKind,
  AssignmentState,
} from '../../../server/rules/answers/assignments.ts'
import type { Reads } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, concerns, departmentReplies, points, submissions } from '../../schema/index.ts'
import { withoutAnswer } from '../comments/answered-points.ts'
import { concernIsOpen, isTheirComment, isTheirConcern, isTheirPoint, isTheirsToSign } from './assigned.ts'
import { clausesOf, inTurn, waysToComments, waysToPoints } from './assignment-ways.ts'

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

/** Where a page of assignments ends: concerns stand before points, and those before comments. */
export type AssignmentPlace = AssignedThing

interface Asked {
  consultationId: string
  departmentId: string
}

/** A page of what a department was given and is in this state. */
export async function listedAssignments(
  db: Database,
  asked: Asked,
  state: AssignmentState,
  { after, limit }: { after: AssignmentPlace | null; limit: number },
): Promise<Assignment[]> {
  const kinds: AssignmentKind[] = ['concern', 'point', 'comment']
  const from = after ? kinds.indexOf(after.kind) : 0
  const clauses = state === 'open' ? await clausesOf(db, asked.departmentId) : []
  const found: Assignment[] = []
  for (const kind of kinds.slice(from)) {
    if (found.length >= limit) break
    const behind = after?.kind === kind ? after.target : null
    found.push(...(await read[kind](db, asked, { state, behind, clauses }, limit - found.length)))
  }
  return found
}

/** One thing, if it is this department's to answer, whether it is open or not. */
export async function findAssignment(
  db: Database,
  asked: Asked,
  { kind, target }: AssignedThing,
): Promise<Assignment | null> {
  const [found] = await read[kind](db, asked, { target }, 1)
  return found ?? null
}

/** The concerns that a department was asked to sign; the one of this id, where it is named. */
export async function concernsToSign(
  db: Database,
  { consultationId, departmentId }: Asked,
  target: string | null = null,
): Promise<Assignment[]> {
  const rows = await db.query
    .select(concernRead)
    .from(concerns)
    .where(
      and(
        isTheirsToSign(db.query, consultationId, departmentId),
        target === null ? undefined : eq(concerns.id, target),
      ),
    )
    .orderBy(asc(concerns.id))
  return rows.map(asConcern)
}

type Meant = { state: AssignmentState; behind: string | null; clauses: string[] } | { target: string }

const read: Record<
  AssignmentKind,
  (db: Database, asked: Asked, meant: Meant, limit: number) => Promise<Assignment[]>
> = { concern: concernsMeant, point: pointsMeant, comment: commentsMeant }

async function concernsMeant(db: Database, asked: Asked, meant: Meant, limit: number): Promise<Assignment[]> {
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

const concernRead = {
  target: concerns.id,
  text: concerns.sentence,
  clause: concerns.clause,
  count: concerns.count,
}

function asConcern(row: Pick<Assignment, keyof typeof concernRead>): Assignment {
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

async function pointsMeant(db: Database, asked: Asked, meant: Meant, limit: number): Promise<Assignment[]> {
  if (!('behind' in meant) || meant.state !== 'open') return pointsWhere(db, asked, meant, limit)
  const ways = waysToPoints(db, asked, meant.clauses)
  return inTurn(ways, meant.behind, limit, (way, behind, rest) =>
    pointsWhere(db, asked, { ...meant, behind }, rest, way),
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

async function commentsMeant(db: Database, asked: Asked, meant: Meant, limit: number): Promise<Assignment[]> {
  if (!('behind' in meant) || meant.state !== 'open') return commentsWhere(db, asked, meant, limit)
  const ways = waysToComments(db, asked, meant.clauses)
  return inTurn(ways, meant.behind, limit, (way, behind, rest) =>
    commentsWhere(db, asked, { ...meant, behind }, rest, way),
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
  const open = withoutAnswer(query)
  const rows = await query
    .select({ target: publicId, text: body, clause, wording, said })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        isTheirComment(query, asked.consultationId, asked.departmentId),
        way,
        narrowed(query, asked, { kind: 'comment', key: publicId, open }, meant),
      ),
    )
    .orderBy(asc(id))
    .limit(limit)
  return rows.map((row) => ({ kind: 'comment', ...row, count: 1 }))
}

interface Narrowing {
  kind: AssignmentKind
  key: typeof comments.publicId | typeof points.id | typeof concerns.id
  /** The condition that the office has not answered it either. */
  open: SQL | undefined
}

/** What is asked for among all that is theirs: one of them, or a page of those in a state. */
function narrowed(
  tx: Pick<Reads, 'select'>,
  { departmentId }: Asked,
  { kind, key, open }: Narrowing,
  meant: Meant,
): SQL | undefined {
  if ('target' in meant) return eq(key, meant.target)
  const reply = (...states: string[]) =>
    tx
      .select({ one: sql`1` })
      .from(departmentReplies)
      .where(
        and(
          eq(departmentReplies.departmentId, departmentId),
          eq(departmentReplies.kind, kind),
          eq(departmentReplies.target, key),
          sql`${departmentReplies.state} in (${sql.join(states, sql`, `)})`,
        ),
      )
  const inState =
    meant.state === 'open'
      ? and(open, notExists(reply('submitted', 'confirmed')))
      : exists(reply(meant.state))
  return and(inState, meant.behind === null ? undefined : isBehind(tx, key, meant.behind))
}

/** A comment stands in the order of its own id, which its public one does not tell. */
function isBehind(tx: Pick<Reads, 'select'>, key: Narrowing['key'], behind: string): SQL {
  if (key !== comments.publicId) return gt(key, behind)
  const own = tx.select({ id: comments.id }).from(comments).where(eq(comments.publicId, behind))
  return sql`${comments.id} > (${own})`
}
