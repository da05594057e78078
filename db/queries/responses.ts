import { and, eq, ne, type SQL } from 'drizzle-orm'
import type { Outcome } from '../../server/rules/responses.ts'
import { type Database, must } from '../open.ts'
import { log, responseComments, responses } from '../schema/index.ts'
import { revise } from './consultations.ts'

export interface Answer {
  outcome: Outcome
  reason: string
  summary: string | null
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
