import { and, count, eq, inArray, ne, notExists, type SQL, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { admittedStates, type Outcome } from '../../server/rules/responses.ts'
import { type Database, must } from '../open.ts'
import { comments, log, responseComments, responses } from '../schema/index.ts'
import { revise } from './consultations.ts'
import { type ReadingFilters, readingConditions } from './reading.ts'

/** What one answer is for: comments picked by hand, or all that a reading shows (a clause, a theme, …). */
export type AnswerTarget = { kind: 'comments'; ids: string[] } | { kind: 'reading'; filters: ReadingFilters }

export interface Answer {
  outcome: Outcome
  reason: string
  summary: string | null
}

type Tx = Parameters<Parameters<Database['atomically']>[0]>[0]

/** The campaign that a target is, whole; null where it is a selection of any other kind. */
export function campaignOf(target: AnswerTarget): string | null {
  if (target.kind === 'comments') return null
  const { campaign, ...others } = target.filters
  const isWhole = Object.entries(others).every(([key, value]) => value === null || key === 'answered')
  return isWhole ? campaign : null
}

/** The admitted comments of a target that no answer has yet. */
function unanswered(tx: Pick<Tx, 'select'>, consultationId: string, target: AnswerTarget): SQL | undefined {
  const answered = tx
    .select({ one: sql`1` })
    .from(responseComments)
    .where(eq(responseComments.commentId, comments.id))
  return and(
    eq(comments.consultationId, consultationId),
    inArray(comments.state, [...admittedStates]),
    notExists(answered),
    aimedAt(tx, consultationId, target),
  )
}

function aimedAt(tx: Pick<Tx, 'select'>, consultationId: string, target: AnswerTarget): SQL | undefined {
  return target.kind === 'comments'
    ? inArray(comments.id, target.ids)
    : readingConditions(tx, consultationId, target.filters)
}

/** How many comments an answer to this target would reach, and how many of them the public does not see. */
export async function answerable(
  db: Database,
  consultationId: string,
  target: AnswerTarget,
): Promise<{ count: number; withheld: number }> {
  const rows = await db.query
    .select({ state: comments.state, count: count() })
    .from(comments)
    .where(unanswered(db.query, consultationId, target))
    .groupBy(comments.state)
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0
  return { count: of('published') + of('withheld'), withheld: of('withheld') }
}

/**
 * Drafts one answer to all comments of a target that were admitted and have none; those that have one keep it. Where
 * the target is a whole campaign, copies of it that are admitted later come under the answer too.
 * @returns the response's id
 * @throws Refused where there is nothing to answer
 */
export async function draftResponse(
  db: Database,
  consultationId: string,
  target: AnswerTarget,
  answer: Answer,
  staffId: string,
  now: Date,
): Promise<string> {
  const id = uuid()
  await db.atomically((tx) => [
    tx.insert(responses).values({
      id,
      consultationId,
      ...answer,
      campaignId: campaignOf(target),
      state: 'draft',
      draftedBy: staffId,
      createdAt: now,
    }),
    must(
      tx
        .insert(responseComments)
        .select(
          tx
            .select({ commentId: comments.id, responseId: sql<string>`${id}`.as('response_id') })
            .from(comments)
            .where(unanswered(tx, consultationId, target)),
        )
        .onConflictDoNothing()
        .returning({ commentId: responseComments.commentId }),
    ),
    tx.insert(log).values({ at: now, staffId, act: 'response.draft', subject: id, detail: {} }),
  ])
  return id
}

/** Changes an answer that has not been submitted. @throws Refused where it has been, or is not there. */
export async function rewordResponse(
  db: Database,
  consultationId: string,
  id: string,
  answer: Answer,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .update(responses)
        .set({ ...answer, draftedBy: staffId })
        .where(inState(consultationId, id, 'draft'))
        .returning({ id: responses.id }),
    ),
    tx.insert(log).values({ at: now, staffId, act: 'response.reword', subject: id, detail: {} }),
  ])
}

/** @throws Refused where it is not a draft. */
export async function submitResponse(
  db: Database,
  consultationId: string,
  id: string,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .update(responses)
        .set({ state: 'submitted', submittedAt: now, draftedBy: staffId, returnNote: null })
        .where(inState(consultationId, id, 'draft'))
        .returning({ id: responses.id }),
    ),
    tx.insert(log).values({ at: now, staffId, act: 'response.submit', subject: id, detail: {} }),
  ])
}

/**
 * Approves an answer, which from then on every receipt concerned shows.
 * @throws Refused where it is not submitted, or `staffId` is the one who submitted it
 */
export async function approveResponse(
  db: Database,
  consultationId: string,
  id: string,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .update(responses)
        .set({ state: 'approved', approvedBy: staffId, approvedAt: now })
        .where(and(inState(consultationId, id, 'submitted'), ne(responses.draftedBy, staffId)))
        .returning({ id: responses.id }),
    ),
    revise(tx, consultationId),
    tx.insert(log).values({ at: now, staffId, act: 'response.approve', subject: id, detail: {} }),
  ])
}

/** Sends an answer back with what is to be changed. @throws Refused where it is not submitted. */
export async function returnResponse(
  db: Database,
  consultationId: string,
  id: string,
  returnNote: string,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .update(responses)
        .set({ state: 'draft', returnNote })
        .where(inState(consultationId, id, 'submitted'))
        .returning({ id: responses.id }),
    ),
    tx.insert(log).values({ at: now, staffId, act: 'response.return', subject: id, detail: {} }),
  ])
}

/** Throws a draft away; its comments are unanswered again. @throws Refused where it is not a draft. */
export async function dropResponse(
  db: Database,
  consultationId: string,
  id: string,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .update(responses)
        .set({ state: 'dropped' })
        .where(inState(consultationId, id, 'draft'))
        .returning({ id: responses.id }),
    ),
    tx.delete(responseComments).where(eq(responseComments.responseId, id)),
    tx.insert(log).values({ at: now, staffId, act: 'response.drop', subject: id, detail: {} }),
  ])
}

function inState(consultationId: string, id: string, state: string): SQL | undefined {
  return and(eq(responses.id, id), eq(responses.consultationId, consultationId), eq(responses.state, state))
}
