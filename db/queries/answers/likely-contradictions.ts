import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { comments, points, responseComments, responses } from '../../schema/index.ts'

/** Something that was answered otherwise, on one of these clauses. */
export interface AnsweredElsewhere {
  responseId: string
  outcome: string
  text: string
}

/** So many answers are looked through, the newest first, and so many of what each kind of them is for. */
const newest = 30
const mostEach = 100

/**
 * What was given another outcome on these clauses, by the newest answers that are submitted or approved: comments that are
 * one point, and points. Not all of it: a warning need not be complete, and a page is not to read what grows.
 */
export async function answeredOtherwise(
  db: Database,
  consultationId: string,
  { id, outcome }: { id: string; outcome: string },
  clauses: string[],
): Promise<AnsweredElsewhere[]> {
  if (clauses.length === 0) return []
  const [whole, parts] = await Promise.all([
    wholeComments(db, consultationId, { id, outcome }, clauses),
    partsOfComments(db, consultationId, { id, outcome }, clauses),
  ])
  return [...whole, ...parts]
}

function others(db: Database, consultationId: string, { id, outcome }: { id: string; outcome: string }) {
  return db.slow
    .select({ id: responses.id, outcome: responses.outcome })
    .from(responses)
    .where(
      and(
        eq(responses.consultationId, consultationId),
        ne(responses.id, id),
        ne(responses.outcome, outcome),
        inArray(responses.state, ['submitted', 'approved']),
      ),
    )
    .orderBy(desc(responses.id))
    .limit(newest)
    .as('others')
}

async function wholeComments(
  db: Database,
  consultationId: string,
  answer: { id: string; outcome: string },
  clauses: string[],
) {
  const other = others(db, consultationId, answer)
  const given = db.slow
    .select({ responseId: other.id, outcome: other.outcome, commentId: responseComments.commentId })
    .from(other)
    .innerJoin(responseComments, eq(responseComments.responseId, other.id))
    .orderBy(desc(other.id), asc(responseComments.commentId))
    .limit(mostEach)
    .as('given')
  const { clause, state } = comments
  const rows = await db.slow
    .select({ responseId: given.responseId, outcome: given.outcome, text: comments.body, clause, state })
    .from(given)
    .innerJoin(comments, eq(comments.id, given.commentId))
  return onThese(rows, clauses)
}

async function partsOfComments(
  db: Database,
  consultationId: string,
  answer: { id: string; outcome: string },
  clauses: string[],
) {
  const other = others(db, consultationId, answer)
  const { id, commentId, clause, start, end } = points
  const given = db.slow
    .select({ responseId: other.id, outcome: other.outcome, commentId, clause, start, end })
    .from(other)
    .innerJoin(points, eq(points.responseId, other.id))
    .orderBy(desc(other.id), asc(id))
    .limit(mostEach)
    .as('given')
  const rows = await db.slow
    .select({
      responseId: given.responseId,
      outcome: given.outcome,
      text: sql<string>`substr(${comments.body}, ${given.start} + 1, ${given.end} - ${given.start})`,
      clause: given.clause,
      state: comments.state,
    })
    .from(given)
    .innerJoin(comments, eq(comments.id, given.commentId))
  return onThese(rows, clauses)
}

/** Chosen here, so that no engine begins with all comments of the clauses. */
function onThese<Row extends { clause: string; state: string }>(rows: Row[], clauses: string[]): Row[] {
  const admitted: readonly string[] = admittedStates
  return rows.filter(({ clause, state }) => clauses.includes(clause) && admitted.includes(state))
}
