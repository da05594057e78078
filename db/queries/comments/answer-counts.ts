import { and, count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Query, Statement } from '../../atomically.ts'
import { filled } from '../../filled.ts'
import { heldRow } from '../../held-row.ts'
import { answerCounts, comments, responseComments, responseCounts, responses } from '../../schema/index.ts'

const isAdmitted = inArray(comments.state, [...admittedStates])

/** The statements that count a comment's answer, where it is approved and the comment is admitted by now. */
export function countAnswer(tx: Query, commentId: string): Statement[] {
  return [addAdmitted(tx, { commentId }), addToAnswer(tx, { commentId })]
}

/** The statements that take back what {@link countAnswer} counted, where it would count it now. */
export function uncountAnswer(tx: Query, commentId: string): Statement[] {
  return [takeAdmitted(tx, { commentId }), takeFromAnswer(tx, { commentId })]
}

/** The same for a comment that was admitted until this list changed its state. */
export function uncountLeaving(tx: Query, commentId: string, stateBefore: string): Statement[] {
  const admitted: readonly string[] = admittedStates
  if (!admitted.includes(stateBefore)) return []
  return [addFor(tx, commentId, undefined, -1), addToOwn(tx, commentId, undefined, -1)]
}

interface Of {
  commentId: string
}

const addAdmitted = filled((tx: Query, { commentId }: Of) => addFor(tx, commentId, isAdmitted, 1))
const takeAdmitted = filled((tx: Query, { commentId }: Of) => addFor(tx, commentId, isAdmitted, -1))
const addToAnswer = filled((tx: Query, { commentId }: Of) => addToOwn(tx, commentId, isAdmitted, 1))
const takeFromAnswer = filled((tx: Query, { commentId }: Of) => addToOwn(tx, commentId, isAdmitted, -1))

/** The rows stay as they are read, or an approval and a decision at the same time would each miss the other. */
function addFor(tx: Query, commentId: string, condition: SQL | undefined, by: 1 | -1) {
  return added(
    tx,
    heldRow(
      tx
        .select({
          consultationId: responses.consultationId,
          clause: comments.clause,
          outcome: responses.outcome,
          count: times(by, sql`1`),
        })
        .from(responseComments)
        .innerJoin(responses, eq(responses.id, responseComments.responseId))
        .innerJoin(comments, eq(comments.id, responseComments.commentId))
        .where(and(eq(responseComments.commentId, commentId), eq(responses.state, 'approved'), condition)),
    ),
  )
}

function addToOwn(tx: Query, commentId: string, condition: SQL | undefined, by: 1 | -1) {
  return addedToAnswers(
    tx,
    tx
      .select({ responseId: responses.id, clause: comments.clause, count: times(by, sql`1`) })
      .from(responseComments)
      .innerJoin(responses, eq(responses.id, responseComments.responseId))
      .innerJoin(comments, eq(comments.id, responseComments.commentId))
      .where(and(eq(responseComments.commentId, commentId), eq(responses.state, 'approved'), condition)),
  )
}

/** The statements that count all that an answer answers, once it is approved. */
export function countApproved(tx: Query, responseId: string): Statement[] {
  return addForAll(tx, eq(responseComments.responseId, responseId), 1)
}

/** The statements that take that back, as long as the answer says what it said when it was counted. */
export function uncountApproved(tx: Query, responseId: string): Statement[] {
  return addForAll(tx, eq(responseComments.responseId, responseId), -1)
}

/** The statements that take back what is counted for the answers to these comments. */
export function uncountAnswers(tx: Query, commentIds: string[]): Statement[] {
  return addForAll(tx, inArray(responseComments.commentId, commentIds), -1)
}

/** In one order always: two lists that lock the same rows in different orders would wait for one another on PostgreSQL. */
function addForAll(tx: Query, meant: SQL, by: 1 | -1): Statement[] {
  const held = heldRow(
    tx
      .select({ id: comments.id })
      .from(responseComments)
      .innerJoin(comments, eq(comments.id, responseComments.commentId))
      .where(meant),
  ).as('held')
  const isCounted = and(meant, eq(responses.state, 'approved'), isAdmitted)
  const { consultationId, clause } = comments
  const byOutcome = tx
    .select({ consultationId, clause, outcome: responses.outcome, count: times(by, sql`count(*)`) })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(isCounted)
    .groupBy(consultationId, clause, responses.outcome)
    .orderBy(clause, responses.outcome)
  const byAnswer = tx
    .select({ responseId: responses.id, clause, count: times(by, sql`count(*)`) })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(isCounted)
    .groupBy(responses.id, clause)
    .orderBy(responses.id, clause)
  return [tx.select({ count: count() }).from(held), added(tx, byOutcome), addedToAnswers(tx, byAnswer)]
}

export function times(by: 1 | -1, counted: SQL) {
  return sql<number>`${sql.raw(String(by))} * ${counted}`.as('count')
}

function added(tx: Query, counted: Parameters<ReturnType<typeof into>['select']>[0]) {
  return into(tx)
    .select(counted)
    .onConflictDoUpdate({
      target: [answerCounts.consultationId, answerCounts.clause, answerCounts.outcome],
      set: { count: sql`${answerCounts.count} + excluded.count` },
    })
}

function into(tx: Query) {
  return tx.insert(answerCounts)
}

/** The statement that adds rows of answers, clauses and counts to what each answer is for. */
export function addedToAnswers(tx: Query, counted: Parameters<ReturnType<typeof intoAnswers>['select']>[0]) {
  return intoAnswers(tx)
    .select(counted)
    .onConflictDoUpdate({
      target: [responseCounts.responseId, responseCounts.clause],
      set: { count: sql`${responseCounts.count} + excluded.count` },
    })
}

function intoAnswers(tx: Query) {
  return tx.insert(responseCounts)
}
