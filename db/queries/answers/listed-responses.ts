import { and, asc, count, desc, eq, lt } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, responseComments, responses, staff } from '../../schema/index.ts'
import { covered } from '../comments/covered-texts.ts'

export type Response = typeof responses.$inferSelect

export interface ListedResponse {
  id: string
  outcome: string
  reason: string
  summary: string | null
  state: string
  comments: number
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
  comments: count(responseComments.commentId),
}

/** A page of the answers of a consultation in one state, the newest first. @param after the id of the last before it */
export function responsesIn(
  db: Database,
  consultationId: string,
  { state, after, limit }: { state: string; after: string | null; limit: number },
): Promise<ListedResponse[]> {
  return db.query
    .select(listed)
    .from(responses)
    .innerJoin(staff, eq(staff.id, responses.draftedBy))
    .leftJoin(responseComments, eq(responseComments.responseId, responses.id))
    .where(
      and(
        eq(responses.consultationId, consultationId),
        eq(responses.state, state),
        after ? lt(responses.id, after) : undefined,
      ),
    )
    .groupBy(responses.id, staff.name)
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

/** The first comments that an answer is for, in the order in which they came in. */
export async function answeredComments(db: Database, responseId: string, limit: number) {
  const { id, publicId, clause, state, version, body, wording } = comments
  const rows = await db.query
    .select({ id, publicId, clause, state, version, body, wording })
    .from(responseComments)
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(eq(responseComments.responseId, responseId))
    .orderBy(asc(id))
    .limit(limit)
  return covered(db, rows)
}

/** How many comments an answer is for. */
export function countAnswered(db: Database, responseId: string): Promise<number> {
  return db.slow.$count(responseComments, eq(responseComments.responseId, responseId))
}

/** Whether an answer is for a comment that the public does not see. */
export async function answersWithheld(db: Database, responseId: string): Promise<boolean> {
  const rows = await db.query
    .select({ id: comments.id })
    .from(responseComments)
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(and(eq(responseComments.responseId, responseId), eq(comments.state, 'withheld')))
    .limit(1)
  return rows.length > 0
}
