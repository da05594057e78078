import { and, eq, inArray, isNull, lt, sql, sum } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { addDays, shanghaiDay } from '../../../server/rules/days.ts'
import type { OutcomeNumbers } from '../../../server/rules/outcomes/report-numbers.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  commentCounts,
  comments,
  consultations,
  outcomeRows,
  outcomes,
  pointCounts,
  points,
  responseComments,
  responseCounts,
  responses,
  submissions,
} from '../../schema/index.ts'
import { type Consultation, raiseRevision } from '../consultations/consultations.ts'
import { promiseDay } from '../consultations/retentions.ts'
import { retentionTerms } from '../settings.ts'
import { inForce, isSummarised, pointWords } from './adoption-rows.ts'
import { nothingInTheWay } from './obstacles.ts'

/** What an approver publishes. */
interface NewEdition {
  number: number
  report: string
  /** The numbers that its report names. */
  numbers: OutcomeNumbers
  /** What it corrects; null for the first. */
  note: string | null
  /** The keys of the clauses that have comments or points, in document order. */
  clauses: readonly string[]
}

/**
 * Publishes an edition: its report, its adoption table and the numbers it was published with, all or nothing. The table
 * is made from the answers in the same list, and its 条数 must add up to every point of all that was admitted.
 * @param consultation as it was read before the numbers were
 * @throws Refused where another edition came first, the consultation is still open, anything has changed since it was
 * read, or a comment is pending, unanswered or not in the table
 */
export async function publishOutcome(
  db: Database,
  consultation: Pick<Consultation, 'id' | 'publicationPolicy' | 'letters' | 'revision'>,
  { number, report, numbers, note, clauses }: NewEdition,
  act: Act,
): Promise<void> {
  const id = uuid()
  const { id: consultationId, revision } = consultation
  const { afterOutcome } = await retentionTerms(db)
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(consultations)
        .set({
          outcomeAt: sql`coalesce(${consultations.outcomeAt}, ${sql.param(act.now, consultations.outcomeAt)})`,
        })
        .where(
          and(
            eq(consultations.id, consultationId),
            eq(consultations.revision, revision),
            lt(consultations.closesAt, act.now),
            nothingInTheWay(tx, consultation),
          ),
        )
        .returning({ id: consultations.id }),
    ),
    must(
      'taken',
      tx
        .insert(outcomes)
        .values({
          id,
          consultationId,
          edition: number,
          report,
          numbers,
          note,
          staffId: act.staffId,
          publishedAt: act.now,
        })
        .onConflictDoNothing()
        .returning({ id: outcomes.id }),
    ),
    ...clauses.flatMap((clause) => rowsOf(tx, id, consultationId, clause)),
    must(
      'stale',
      tx
        .update(outcomes)
        .set({ edition: number })
        .where(and(eq(outcomes.id, id), eq(tableTotal(tx, id), pointsTotal(tx, consultationId))))
        .returning({ id: outcomes.id }),
    ),
    promiseDay(tx, consultationId, addDays(shanghaiDay(act.now), afterOutcome)),
    raiseRevision(tx, consultationId),
    logAct(tx, act, 'outcome.publish', consultationId, { edition: number, ...numbers.outcomes }),
  ])
}

/**
 * A clause's rows: its 归纳 first, the weightier before the lighter, then each published comment that none sums up, and each
 * such point of one that was split.
 */
function rowsOf(tx: Query, outcomeId: string, consultationId: string, clause: string) {
  const summaries = tx
    .select({
      ...placed(outcomeId, sql`${responseCounts.count} desc, ${responses.id}`),
      clause: responseCounts.clause,
      commentId: sql<string | null>`cast(null as text)`.as('comment_id'),
      pointId: sql<string | null>`cast(null as text)`.as('point_id'),
      author: sql<string>`'归纳'`.as('author'),
      body: responses.summary,
      count: responseCounts.count,
      outcome: responses.outcome,
      reason: responses.reason,
      correctedAt: responses.correctedAt,
      correctionCause: responses.correctionCause,
    })
    .from(responses)
    .innerJoin(responseCounts, eq(responseCounts.responseId, responses.id))
    .where(and(isSummarised(consultationId), eq(responseCounts.clause, clause)))
  const alone = and(inForce(consultationId), isNull(responses.summary), eq(comments.state, 'published'))
  const single = tx
    .select({
      ...placed(outcomeId, sql`${comments.publicId}`),
      clause: comments.clause,
      commentId: comments.id,
      pointId: sql<string | null>`cast(null as text)`.as('point_id'),
      author: sql<string>`coalesce(${submissions.maskedName}, '未署名')`.as('author'),
      body: comments.body,
      count: sql<number>`1`.as('count'),
      outcome: responses.outcome,
      reason: responses.reason,
      correctedAt: responses.correctedAt,
      correctionCause: responses.correctionCause,
    })
    .from(comments)
    .innerJoin(responseComments, eq(responseComments.commentId, comments.id))
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(and(alone, eq(comments.consultationId, consultationId), eq(comments.clause, clause)))
  const point = tx
    .select({
      ...placed(outcomeId, sql`${points.id}`),
      clause: points.clause,
      commentId: comments.id,
      pointId: points.id,
      author: sql<string>`coalesce(${submissions.maskedName}, '未署名')`.as('author'),
      body: pointWords.as('body'),
      count: sql<number>`1`.as('count'),
      outcome: responses.outcome,
      reason: responses.reason,
      correctedAt: responses.correctedAt,
      correctionCause: responses.correctionCause,
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .innerJoin(responses, eq(responses.id, points.responseId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        alone,
        eq(points.consultationId, consultationId),
        eq(points.kind, 'point'),
        eq(points.clause, clause),
      ),
    )
  return [summaries, single, point].map((rows) => tx.insert(outcomeRows).select(rows))
}

/** A row stands after all that the edition has so far. */
function placed(outcomeId: string, order: ReturnType<typeof sql>) {
  const { position } = outcomeRows
  const next = sql`(select coalesce(max(${position}) + 1, 0) from ${outcomeRows} where ${outcomeRows.outcomeId} = ${outcomeId})`
  return {
    outcomeId: sql<string>`${outcomeId}`.as('outcome_id'),
    position: sql<number>`${next} + row_number() over (order by ${order}) - 1`.as('position'),
  }
}

function tableTotal(tx: Pick<Query, 'select'>, outcomeId: string) {
  const total = tx
    .select({ total: sum(outcomeRows.count) })
    .from(outcomeRows)
    .where(eq(outcomeRows.outcomeId, outcomeId))
  return sql`coalesce((${total}), 0)`
}

/** A comment that was not split is one point. */
function pointsTotal(tx: Pick<Query, 'select'>, consultationId: string) {
  const parted = tx
    .select({ total: sum(sql`${pointCounts.points} - ${pointCounts.comments}`) })
    .from(pointCounts)
    .where(eq(pointCounts.consultationId, consultationId))
  return sql`(${admittedTotal(tx, consultationId)} + coalesce((${parted}), 0))`
}

function admittedTotal(tx: Pick<Query, 'select'>, consultationId: string) {
  const total = tx
    .select({ total: sum(commentCounts.count) })
    .from(commentCounts)
    .where(
      and(
        eq(commentCounts.consultationId, consultationId),
        inArray(commentCounts.state, [...admittedStates]),
      ),
    )
  return sql`coalesce((${total}), 0)`
}
