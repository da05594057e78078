import { and, eq, ne, type SQL } from 'drizzle-orm'
import type { Outcome } from '../../../server/rules/answers/responses.ts'
import type { Fact } from '../../../server/rules/evidence/facts.ts'
import { answerFact, answerStateFact } from '../../../server/rules/evidence/office-facts.ts'
import type { ActName } from '../../../server/rules/log/act-names.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { points, responseComments, responses } from '../../schema/index.ts'
import { countApproved } from '../comments/answer-counts.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { countSplits, holdSplits, uncountSplits } from '../points/split-counts.ts'
import { refreshSplits } from '../points/split-standing.ts'
import { keepVersion, stillAt, type Versioned } from '../versions/office-versions.ts'

export interface Answer {
  outcome: Outcome
  reason: string
  summary: string | null
}

/**
 * Changes an answer that has not been submitted.
 * @param response with the revision that is changed
 * @throws Refused where it has been submitted, or is not there, or somebody has changed it since
 */
export async function rewordResponse(
  db: Database,
  consultationId: string,
  { id, revision }: { id: string; revision: number },
  { outcome, reason, summary }: Answer,
  act: Act,
): Promise<void> {
  const by = { consultationId, id, ...act }
  const answer = { outcome, reason, summary }
  await db.atomically((tx) => [
    ...step(
      tx,
      by,
      'response.reword',
      isDraft(by),
      { ...answer, draftedBy: act.staffId },
      {
        facts: [answerFact({ ...by, ...answer })],
        detail: { revision: revision + 1 },
      },
    ),
    ...keepVersion(tx, versioned(by), { opened: revision, said: answer }, act),
  ])
}

/**
 * @param seen the revision that is meant; null: whatever stands
 * @throws Refused where it is not a draft, or reads otherwise by now
 */
export async function submitResponse(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
  seen: number | null = null,
): Promise<void> {
  const by = { consultationId, id, ...act }
  const submitted = { state: 'submitted', submittedAt: act.now, draftedBy: act.staffId, returnNote: null }
  await db.atomically((tx) => [
    ...step(tx, by, 'response.submit', isDraft(by), submitted, { detail: { revision: seen } }),
    ...asSeen(tx, by, seen),
  ])
}

/**
 * Approves an answer, which from then on every receipt concerned shows.
 * @param seen the revision that is meant; null: whatever stands
 * @throws Refused where it is not submitted, or reads otherwise by now, or `staffId` is the one who submitted it
 */
export async function approveResponse(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
  seen: number | null = null,
): Promise<void> {
  const by = { consultationId, id, ...act }
  const approved = { state: 'approved', approvedBy: act.staffId, approvedAt: act.now }
  const another = and(isSubmitted(by), ne(responses.draftedBy, act.staffId))
  await db.atomically((tx) => [
    holdSplits(tx, { response: id }),
    ...uncountSplits(tx, { response: id }),
    ...step(tx, by, 'response.approve', another, approved, { detail: { revision: seen } }),
    ...asSeen(tx, by, seen),
    ...countApproved(tx, id),
    ...countSplits(tx, { response: id }),
    raiseRevision(tx, consultationId),
  ])
}

/** Sends an answer back with what is to be changed. @throws Refused where it is not submitted. */
export async function returnResponse(
  db: Database,
  consultationId: string,
  { id, returnNote }: { id: string; returnNote: string },
  act: Act,
): Promise<void> {
  const by = { consultationId, id, ...act }
  await db.atomically((tx) =>
    step(tx, by, 'response.return', isSubmitted(by), { state: 'draft', returnNote }),
  )
}

/**
 * Throws a draft away; what it was for is unanswered again.
 * @param seen the revision that is meant; null: whatever stands
 * @throws Refused where it is not a draft, or reads otherwise by now
 */
export async function dropResponse(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
  seen: number | null = null,
): Promise<void> {
  const by = { consultationId, id, ...act }
  await db.atomically((tx) => [
    ...step(tx, by, 'response.drop', isDraft(by), { state: 'dropped' }, { detail: { revision: seen } }),
    ...asSeen(tx, by, seen),
    // Dropped, it is an answer no more: what it was for is as far as without it, and only then let go.
    ...refreshSplits(tx, { response: id }),
    tx.delete(responseComments).where(eq(responseComments.responseId, id)),
    tx.update(points).set({ responseId: null }).where(eq(points.responseId, id)),
  ])
}

interface By extends Act {
  consultationId: string
  id: string
}

const isDraft = (by: By) => inState(by, 'draft')
const isSubmitted = (by: By) => inState(by, 'submitted')

function inState({ consultationId, id }: By, state: string): SQL | undefined {
  return and(eq(responses.id, id), eq(responses.consultationId, consultationId), eq(responses.state, state))
}

function versioned({ consultationId, id }: By): Versioned {
  return { consultationId, kind: 'answer', row: id }
}

/** Behind the step, which holds the answer's row. */
function asSeen(tx: Query, by: By, seen: number | null): Statement[] {
  return seen === null ? [] : [stillAt(tx, versioned(by), seen)]
}

/** The statements that take an answer one step on, where it stands as the condition says. */
function step(
  tx: Query,
  by: By,
  act: ActName,
  condition: SQL | undefined,
  values: Partial<typeof responses.$inferInsert>,
  { facts = [], detail = {} }: { facts?: readonly Fact[]; detail?: Record<string, unknown> } = {},
): Statement[] {
  return [
    attests(
      must('stale', tx.update(responses).set(values).where(condition).returning({ id: responses.id })),
      by.now,
      ...facts,
      ...(values.state ? [answerStateFact({ ...values, id: by.id, state: values.state })] : []),
    ),
    logAct(tx, by, act, by.id, detail),
  ]
}
