import { and, asc, eq, inArray, lte, min } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments, points, responseComments, responses, staff } from '../../schema/index.ts'
import { answeredPoints } from '../comments/answered-points.ts'
import { covered } from '../comments/covered-texts.ts'
import { type ResponseFilters, responseConditions } from './listed-responses.ts'

/** An answer of those that are to be approved or returned at once. */
export interface BulkAnswer {
  id: string
  outcome: string
  reason: string
  summary: string | null
  state: string
  draftedBy: string
  drafter: string
  submittedAt: Date | null
  points: number
}

/** The ids of the answers that the filters let through, those that wait longest first. */
export async function waitingIds(
  db: Database,
  consultationId: string,
  filters: ResponseFilters,
  most: number,
): Promise<string[]> {
  const rows = await db.query
    .select({ id: responses.id })
    .from(responses)
    .where(responseConditions(consultationId, filters))
    .orderBy(asc(responses.id))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** Answers of a consultation by their ids, the oldest first. @param ids at most 1,000 */
export function answersAmong(db: Database, consultationId: string, ids: string[]): Promise<BulkAnswer[]> {
  return db.slow
    .select({
      id: responses.id,
      outcome: responses.outcome,
      reason: responses.reason,
      summary: responses.summary,
      state: responses.state,
      draftedBy: responses.draftedBy,
      drafter: staff.name,
      submittedAt: responses.submittedAt,
      points: answeredPoints,
    })
    .from(responses)
    .innerJoin(staff, eq(staff.id, responses.draftedBy))
    .where(and(eq(responses.consultationId, consultationId), inArray(responses.id, ids)))
    .orderBy(asc(responses.id))
}

/** What the first point says that each answer is for, by the answer's id. @param ids at most 1,000 */
export async function firstWords(db: Database, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const [whole, parts] = await Promise.all([firstComments(db, ids), firstPoints(db, ids)])
  return new Map([...parts, ...whole])
}

async function firstComments(db: Database, ids: string[]): Promise<[string, string][]> {
  const { responseId, commentId } = responseComments
  const firsts = await db.query
    .select({ responseId, commentId: min(commentId) })
    .from(responseComments)
    .where(inArray(responseId, ids))
    .groupBy(responseId)
  const answers = new Map(firsts.map((first) => [first.commentId, first.responseId]))
  const { id, state, version, body, wording } = comments
  const rows = await db.query
    .select({ id, state, version, body, wording })
    .from(comments)
    .where(
      inArray(
        id,
        [...answers.keys()].filter((key) => key !== null),
      ),
    )
  const read = await covered(db, rows)
  return read.map((comment) => [answers.get(comment.id) ?? '', comment.body])
}

async function firstPoints(db: Database, ids: string[]): Promise<[string, string][]> {
  const { id, responseId, start, end } = points
  const firsts = db.query
    .select({ id: min(id) })
    .from(points)
    .where(inArray(responseId, ids))
    .groupBy(responseId)
  const rows = await db.query
    .select({ responseId, start, end, state: comments.state, body: comments.body })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(inArray(id, firsts))
  const admitted: readonly string[] = admittedStates
  // A comment that waits again is judged anew: nobody reads it here before.
  return rows.flatMap(({ responseId, start, end, state, body }) =>
    responseId && admitted.includes(state) ? [[responseId, [...body].slice(start, end).join('')]] : [],
  )
}

/** Whether an answer still stands as it was submitted at the latest then. */
export async function standsSince(
  db: Database,
  consultationId: string,
  id: string,
  seenAt: Date,
): Promise<boolean> {
  const { submittedAt } = responses
  const rows = await db.query
    .select({ id: responses.id })
    .from(responses)
    .where(and(eq(responses.id, id), eq(responses.consultationId, consultationId), lte(submittedAt, seenAt)))
  return rows.length > 0
}
