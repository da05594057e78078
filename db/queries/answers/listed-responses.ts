import { and, asc, count, desc, eq, gt, isNotNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments, points, responseComments, responses, staff } from '../../schema/index.ts'
import { answeredPoints } from '../comments/answered-points.ts'
import { covered } from '../comments/covered-texts.ts'

export type Response = typeof responses.$inferSelect

export interface ListedResponse {
  id: string
  outcome: string
  reason: string
  summary: string | null
  state: string
  points: number
  drafter: string
  createdAt: Date
}

const listed = {
  id: responses.id,
  outcome: responses.outcome,
  reason: responses.reason,
  summary: responses.summary,
  state: responses.state,
  drafter: staff.name,
  createdAt: responses.createdAt,
  points: answeredPoints,
}

/** Which answers are listed. */
export interface ResponseFilters {
  state: string
  /** Whose: who drafted or submitted them; null for everybody's. */
  drafter: string | null
  /** Who may approve them, since they did not submit them; null for anybody. */
  approver: string | null
  /** Only those that were sent back. */
  returned: boolean
}

/** The filters as a condition on the answers of a consultation. */
export function responseConditions(
  consultationId: string,
  { state, drafter, approver, returned }: ResponseFilters,
): SQL | undefined {
  return and(
    eq(responses.consultationId, consultationId),
    eq(responses.state, state),
    drafter ? eq(responses.draftedBy, drafter) : undefined,
    approver ? ne(responses.draftedBy, approver) : undefined,
    returned ? isNotNull(responses.returnNote) : undefined,
  )
}

/** A page of the answers of a consultation, the newest first. @param after the id of the last before it */
export function responsesIn(
  db: Database,
  consultationId: string,
  filters: ResponseFilters,
  { after, limit }: { after: string | null; limit: number },
): Promise<ListedResponse[]> {
  return db.query
    .select(listed)
    .from(responses)
    .innerJoin(staff, eq(staff.id, responses.draftedBy))
    .where(and(responseConditions(consultationId, filters), after ? lt(responses.id, after) : undefined))
    .orderBy(desc(responses.id))
    .limit(limit)
}

/** How many answers stand in each state. */
export async function countResponses(
  db: Database,
  consultationId: string,
): Promise<{ state: string; count: number }[]> {
  return db.query
    .select({ state: responses.state, count: count() })
    .from(responses)
    .where(eq(responses.consultationId, consultationId))
    .groupBy(responses.state)
}

/** How many answers the filters let through. */
export function countFiltered(
  db: Database,
  consultationId: string,
  filters: ResponseFilters,
): Promise<number> {
  return db.query.$count(responses, responseConditions(consultationId, filters))
}

/** One answer; null where there is none of this id in this consultation. */
export async function findResponse(
  db: Database,
  consultationId: string,
  id: string,
): Promise<Response | null> {
  const [row] = await db.query
    .select()
    .from(responses)
    .where(and(eq(responses.id, id), eq(responses.consultationId, consultationId)))
    .limit(1)
  return row ?? null
}

/** What an answer is for: a comment, or a point of one that was split; `body` is what it says. */
export interface Answered {
  of: AnsweredPlace['of']
  id: string
  /** The comment's. */
  publicId: string
  clause: string
  state: string
  body: string
}

/** Where a page of what an answer is for ends: `id` is a comment's public id, or a point's. */
export interface AnsweredPlace {
  of: 'whole' | 'parts'
  id: string
}

/**
 * A page of the points that an answer is for: comments that are one in the order in which they came in, then parts of others.
 * @param after the last of the page before; null: from the first
 */
export async function answeredBy(
  db: Database,
  responseId: string,
  { after, limit }: { after: AnsweredPlace | null; limit: number },
): Promise<Answered[]> {
  const whole = after?.of === 'parts' ? [] : await wholeAnsweredBy(db, responseId, after?.id ?? null, limit)
  const from = after?.of === 'parts' ? after.id : null
  return [...whole, ...(await partsAnsweredBy(db, responseId, from, limit - whole.length))]
}

async function wholeAnsweredBy(db: Database, responseId: string, after: string | null, limit: number) {
  const { id, publicId, clause, state, version, body, wording } = comments
  const last = db.query
    .select({ id })
    .from(comments)
    .where(eq(publicId, after ?? ''))
  const rows = await db.query
    .select({ id, publicId, clause, state, version, body, wording })
    .from(responseComments)
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(
      and(
        eq(responseComments.responseId, responseId),
        after === null ? undefined : sql`${responseComments.commentId} > (${last})`,
      ),
    )
    .orderBy(asc(responseComments.commentId))
    .limit(limit)
  return (await covered(db, rows)).map((row) => ({ ...row, of: 'whole' as const }))
}

async function partsAnsweredBy(
  db: Database,
  responseId: string,
  after: string | null,
  limit: number,
): Promise<Answered[]> {
  const { id, clause, start, end } = points
  const { publicId, state, body } = comments
  const rows = await db.query
    .select({ id, publicId, clause, state, body, start, end })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(and(eq(points.responseId, responseId), after === null ? undefined : gt(id, after)))
    .orderBy(asc(id))
    .limit(limit)
  return rows.map(({ start, end, ...point }) => ({
    ...point,
    of: 'parts' as const,
    // A comment that waits again is judged anew: nobody reads it here before.
    body: isShown(point.state) ? [...point.body].slice(start, end).join('') : '（所在意见正在重新审核）',
  }))
}

function isShown(state: string): boolean {
  const admitted: readonly string[] = admittedStates
  return admitted.includes(state)
}

/** How many points an answer is for. */
export async function countAnswered(db: Database, responseId: string): Promise<number> {
  const [row] = await db.slow
    .select({ count: answeredPoints })
    .from(responses)
    .where(eq(responses.id, responseId))
  return row?.count ?? 0
}

/** Whether an answer is for something that the public does not see. */
export async function answersWithheld(db: Database, responseId: string): Promise<boolean> {
  const isWithheld = eq(comments.state, 'withheld')
  const [whole, part] = await Promise.all([
    db.query
      .select({ id: comments.id })
      .from(responseComments)
      .innerJoin(comments, eq(comments.id, responseComments.commentId))
      .where(and(eq(responseComments.responseId, responseId), isWithheld))
      .limit(1),
    db.query
      .select({ id: comments.id })
      .from(points)
      .innerJoin(comments, eq(comments.id, points.commentId))
      .where(and(eq(points.responseId, responseId), isWithheld))
      .limit(1),
  ])
  return whole.length + part.length > 0
}
