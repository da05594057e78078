import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments, points, responseComments, responses } from '../../schema/index.ts'

/** An answer with the first of what it is for. */
export interface SampledAnswer {
  id: string
  outcome: string
  reason: string
  summary: string | null
  /** The campaign that it answers whole. */
  campaignId: string | null
  points: SampledPoint[]
}

/** A comment that is one point, or a part of one: its clause, and the first of its words. */
export interface SampledPoint {
  clause: string
  text: string
}

/** Of each answer two comments and two parts of others are read, as the statements say, and so much of each. */
const mostCharacters = 200

/** Which answers are read: some by their ids (at most 1,000), and the newest of all that are submitted or approved. */
interface Meant {
  among?: string[]
  newest: number
  /** Of those only such as are older than the answer of this id. */
  before?: string | null
}

/** Answers with the first of what each is for, the newest first. */
export async function sampledAnswers(
  db: Database,
  consultationId: string,
  { among = [], newest, before = null }: Meant,
): Promise<SampledAnswer[]> {
  const read = (condition: SQL | undefined, limit: number) => answers(db, consultationId, condition, limit)
  // Each state by itself: in the order of their index no more is read than is wanted.
  const [named, ...inStates] = await Promise.all([
    among.length > 0 ? read(inArray(responses.id, among), among.length) : [],
    ...['submitted', 'approved'].map((state) =>
      read(and(eq(responses.state, state), before ? lt(responses.id, before) : undefined), newest),
    ),
  ])
  const newestFirst = (rows: Sampled[]) => rows.sort((a, b) => (a.answer.id < b.answer.id ? 1 : -1))
  const rows = [...named, ...newestFirst(inStates.flat()).slice(0, newest)]
  return withPoints(db, newestFirst([...new Map(rows.map((row) => [row.answer.id, row])).values()]))
}

type Sampled = Awaited<ReturnType<typeof answers>>[number]

function answers(db: Database, consultationId: string, condition: SQL | undefined, limit: number) {
  const { id, outcome, reason, summary, campaignId } = responses
  return db.slow
    .select({
      answer: { id, outcome, reason, summary, campaignId },
      comments: { first: nthComment(0), second: nthComment(1) },
      points: { first: nthPoint(0), second: nthPoint(1) },
    })
    .from(responses)
    .where(and(eq(responses.consultationId, consultationId), condition))
    .orderBy(desc(id))
    .limit(limit)
}

async function withPoints(db: Database, rows: Sampled[]): Promise<SampledAnswer[]> {
  const ids = (of: 'comments' | 'points') =>
    rows.flatMap((row) => [row[of].first, row[of].second].filter(isThere))
  const [whole, parts] = await Promise.all([
    wholeComments(db, ids('comments')),
    partsOfComments(db, ids('points')),
  ])
  const said = new Map([...whole, ...parts])
  return rows.map(({ answer, comments, points }) => ({
    ...answer,
    points: [comments.first, comments.second, points.first, points.second].flatMap(
      (key) => said.get(key ?? '') ?? [],
    ),
  }))
}

const isThere = (id: string | null): id is string => id !== null

/** Looked up one by one in their index: an answer to a campaign may be for a hundred thousand. */
function nthComment(place: 0 | 1) {
  return sql<string | null>`(select ${responseComments}."comment_id" from ${responseComments}
    where ${responseComments}."response_id" = ${responses}."id"
    order by ${responseComments}."comment_id" limit 1 offset ${sql.raw(String(place))})`
}

function nthPoint(place: 0 | 1) {
  return sql<string | null>`(select ${points}."id" from ${points}
    where ${points}."response_id" = ${responses}."id"
    order by ${points}."id" limit 1 offset ${sql.raw(String(place))})`
}

/** A comment that waits again is judged anew: nobody reads it here before. */
const isAdmitted = inArray(comments.state, [...admittedStates])

async function wholeComments(db: Database, ids: string[]): Promise<[string, SampledPoint][]> {
  if (ids.length === 0) return []
  const { id, clause, body } = comments
  const rows = await db.slow
    .select({ id, clause, text: sql<string>`substr(${body}, 1, ${mostCharacters})` })
    .from(comments)
    .where(and(inArray(id, ids), isAdmitted))
  return rows.map(({ id, ...point }) => [id, point])
}

async function partsOfComments(db: Database, ids: string[]): Promise<[string, SampledPoint][]> {
  if (ids.length === 0) return []
  const { id, clause, start, end } = points
  const length = sql`case when ${end} - ${start} > ${mostCharacters} then ${mostCharacters} else ${end} - ${start} end`
  const rows = await db.slow
    .select({ id, clause, text: sql<string>`substr(${comments.body}, ${start} + 1, ${length})` })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(inArray(id, ids), isAdmitted))
  return rows.map(({ id, ...point }) => [id, point])
}
