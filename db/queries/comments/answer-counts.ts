import { and, count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Query } from '../../atomically.ts'
import { filled } from '../../filled.ts'
import { heldRow } from '../../held-row.ts'
import { answerCounts, comments, responseComments, responses } from '../../schema/index.ts'

const isAdmitted = inArray(comments.state, [...admittedStates])

/** The statement that counts a comment's answer, where it is approved and the comment is admitted by now. */
export function countAnswer(tx: Query, commentId: string) {
  return addAdmitted(tx, { commentId })
}

/** The statement that takes back what {@link countAnswer} counted, where it would count it now. */
export function uncountAnswer(tx: Query, commentId: string) {
  return takeAdmitted(tx, { commentId })
}

/** The same for a comment that was admitted until this list changed its state. */
export function uncountLeaving(tx: Query, commentId: string, stateBefore: string) {
  const admitted: readonly string[] = admittedStates
  return admitted.includes(stateBefore) ? [addFor(tx, commentId, undefined, -1)] : []
}

const addAdmitted = filled((tx: Query, { commentId }: { commentId: string }) =>
  addFor(tx, commentId, isAdmitted, 1),
)
const takeAdmitted = filled((tx: Query, { commentId }: { commentId: string }) =>
  addFor(tx, commentId, isAdmitted, -1),
)

/** The rows stay as they are read, or an approval and a decision at the same time would each miss the other. */
function addFor(tx: Query, commentId: string, condition: SQL | undefined, by: number) {
  return added(
    tx,
    heldRow(
      tx
        .select({
          consultationId: responses.consultationId,
          clause: comments.clause,
          outcome: responses.outcome,
          count: sql<number>`${sql.raw(String(by))}`.as('count'),
        })
        .from(responseComments)
        .innerJoin(responses, eq(responses.id, responseComments.responseId))
        .innerJoin(comments, eq(comments.id, responseComments.commentId))
        .where(and(eq(responseComments.commentId, commentId), eq(responses.state, 'approved'), condition)),
    ),
  )
}

/** The statements that count all that an answer answers, once it is approved. */
export function countApproved(tx: Query, responseId: string) {
  return addForAll(tx, eq(responseComments.responseId, responseId), 1)
}

/** The statements that take that back, as long as the answer says what it said when it was counted. */
export function uncountApproved(tx: Query, responseId: string) {
  return addForAll(tx, eq(responseComments.responseId, responseId), -1)
}

/** The statements that take back what is counted for the answers to these comments. */
export function uncountAnswers(tx: Query, commentIds: string[]) {
  return addForAll(tx, inArray(responseComments.commentId, commentIds), -1)
}

function addForAll(tx: Query, meant: SQL, by: 1 | -1) {
  const held = heldRow(
    tx
      .select({ id: comments.id })
      .from(responseComments)
      .innerJoin(comments, eq(comments.id, responseComments.commentId))
      .where(meant),
  ).as('held')
  const counted = tx
    .select({
      consultationId: comments.consultationId,
      clause: comments.clause,
      outcome: responses.outcome,
      count: sql<number>`${sql.raw(String(by))} * count(*)`.as('count'),
    })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(and(meant, eq(responses.state, 'approved'), isAdmitted))
    .groupBy(comments.consultationId, comments.clause, responses.outcome)
  return [tx.select({ count: count() }).from(held), added(tx, counted)]
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
