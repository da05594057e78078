import { and, asc, count, eq, inArray, isNull, lt, notExists, or, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { admittedStates } from '../../server/rules/responses.ts'
import { type Database, must } from '../open.ts'
import {
  comments,
  consultations,
  log,
  type OutcomeNumbers,
  outcomeRows,
  outcomes,
  responseComments,
  responses,
  submissions,
} from '../schema/index.ts'
import { type Consultation, revise } from './consultations.ts'

export type AdoptionRow = Omit<typeof outcomeRows.$inferSelect, 'outcomeId' | 'position'>
type Tx = Parameters<Parameters<Database['atomically']>[0]>[0]

/** What stands between a consultation and its outcome; all must be 0. */
export interface Obstacles {
  pending: number
  unanswered: number
  /** Admitted comments that the public does not see, answered without a 归纳. */
  unsummarised: number
}

export async function obstacles(
  db: Database,
  { id: consultationId, publicationPolicy }: Pick<Consultation, 'id' | 'publicationPolicy'>,
): Promise<Obstacles> {
  const of = (condition: ReturnType<typeof and>) =>
    db.query
      .select({ count: count() })
      .from(comments)
      .where(and(eq(comments.consultationId, consultationId), condition))
      .then(([row]) => row?.count ?? 0)
  const [pending, unanswered, unsummarised] = await Promise.all([
    of(eq(comments.state, 'pending')),
    of(unansweredComment(db.query)),
    of(unsummarisedComment(db.query, publicationPolicy)),
  ])
  return { pending, unanswered, unsummarised }
}

function unansweredComment(tx: Pick<Tx, 'select'>) {
  const answer = tx
    .select({ one: sql`1` })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(and(eq(responseComments.commentId, comments.id), eq(responses.state, 'approved')))
  return and(inArray(comments.state, [...admittedStates]), notExists(answer))
}

/** Where the consultation shows no comment by itself, every one of them has to be summed up. */
function unsummarisedComment(tx: Pick<Tx, 'select'>, publicationPolicy: string) {
  const unseen = publicationPolicy === 'outcome_only' ? [...admittedStates] : ['withheld']
  const bare = tx
    .select({ id: responseComments.commentId })
    .from(responseComments)
    .innerJoin(responses, eq(responses.id, responseComments.responseId))
    .where(and(eq(responses.state, 'approved'), isNull(responses.summary)))
  return and(inArray(comments.state, unseen), inArray(comments.id, bare))
}

/**
 * The adoption table from the approved answers: a row for each published comment, or one for all that an answer with a
 * 归纳 is for. Rows are in the order in which the comments came in; the caller puts the clauses in order.
 */
export async function adoptionRows(db: Database, consultationId: string): Promise<AdoptionRow[]> {
  const [summarised, single] = await Promise.all([
    summaryRows(db, consultationId),
    commentRows(db, consultationId),
  ])
  return [...summarised, ...single]
}

/** The rows of the answers that have a 归纳, one for each clause that they answer on. */
export async function summaryRows(db: Database, consultationId: string): Promise<AdoptionRow[]> {
  const { id, summary, outcome, reason } = responses
  const rows = await db.query
    .select({ id, summary, outcome, reason, clause: comments.clause, count: count() })
    .from(responses)
    .innerJoin(responseComments, eq(responseComments.responseId, id))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .where(and(inForce(consultationId), sql`${summary} is not null`))
    .groupBy(id, summary, outcome, reason, comments.clause)
    .orderBy(asc(id))
  return rows.map((row) => ({
    clause: row.clause,
    commentId: null,
    author: '归纳',
    body: row.summary ?? '',
    count: row.count,
    outcome: row.outcome,
    reason: row.reason,
  }))
}

async function commentRows(db: Database, consultationId: string): Promise<AdoptionRow[]> {
  const rows = await db.query
    .select({
      clause: comments.clause,
      commentId: comments.id,
      author: submissions.maskedName,
      body: comments.body,
      outcome: responses.outcome,
      reason: responses.reason,
    })
    .from(responses)
    .innerJoin(responseComments, eq(responseComments.responseId, responses.id))
    .innerJoin(comments, eq(comments.id, responseComments.commentId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(and(inForce(consultationId), isNull(responses.summary), eq(comments.state, 'published')))
    .orderBy(asc(comments.id))
  return rows.map((row) => ({ ...row, author: row.author ?? '未署名', count: 1 }))
}

/** Approved answers to comments that are still admitted. */
export function inForce(consultationId: string) {
  return and(
    eq(responses.consultationId, consultationId),
    eq(responses.state, 'approved'),
    inArray(comments.state, [...admittedStates]),
  )
}

/**
 * Publishes an edition: its report, its adoption table and the numbers it was published with, all or nothing.
 * @throws Refused where another edition came first, the consultation is still open, or a comment is pending, unanswered
 * or not in the table
 */
export async function publishOutcome(
  db: Database,
  { id: consultationId, publicationPolicy }: Pick<Consultation, 'id' | 'publicationPolicy'>,
  edition: {
    number: number
    report: string
    numbers: OutcomeNumbers
    note: string | null
    rows: AdoptionRow[]
  },
  staffId: string,
  now: Date,
): Promise<void> {
  const id = uuid()
  const { number, report, numbers, note } = edition
  const rows = edition.rows.map((row, position) => ({ ...row, outcomeId: id, position }))
  await db.atomically((tx) => [
    must(
      tx
        .update(consultations)
        .set({
          outcomeAt: sql`coalesce(${consultations.outcomeAt}, ${sql.param(now, consultations.outcomeAt)})`,
        })
        .where(
          and(
            eq(consultations.id, consultationId),
            lt(consultations.closesAt, now),
            notExists(obstacle(tx, consultationId, publicationPolicy)),
          ),
        )
        .returning({ id: consultations.id }),
      'obstacle',
    ),
    must(
      tx
        .insert(outcomes)
        .values({ id, consultationId, edition: number, report, numbers, note, staffId, publishedAt: now })
        .onConflictDoNothing()
        .returning({ id: outcomes.id }),
      'edition',
    ),
    ...batches(rows).map((batch) => tx.insert(outcomeRows).values(batch)),
    revise(tx, consultationId),
    tx.insert(log).values({
      at: now,
      staffId,
      act: 'outcome.publish',
      subject: consultationId,
      detail: { edition: number, ...numbers.outcomes },
    }),
  ])
}

/** A comment that still stands in the way. */
function obstacle(tx: Pick<Tx, 'select'>, consultationId: string, publicationPolicy: string) {
  return tx
    .select({ one: sql`1` })
    .from(comments)
    .where(
      and(
        eq(comments.consultationId, consultationId),
        or(eq(comments.state, 'pending'), unansweredComment(tx), unsummarisedComment(tx, publicationPolicy)),
      ),
    )
}

/** A row has nine values, and SQLite takes at most 32,766 in one statement. */
function batches<Row>(rows: Row[]): Row[][] {
  const size = 1000
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
