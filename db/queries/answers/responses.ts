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
  act: Act,
): Promise<void> {
  const by = { consultationId, id, ...act }
  await db.atomically((tx) =>
    step(tx, by, 'response.reword', isDraft(by), { ...answer, draftedBy: act.staffId }, [
      answerFact({ ...by, ...answer }),
    ]),
  )
}

/** @throws Refused where it is not a draft. */
export async function submitResponse(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
): Promise<void> {
  const by = { consultationId, id, ...act }
  const submitted = { state: 'submitted', submittedAt: act.now, draftedBy: act.staffId, returnNote: null }
  await db.atomically((tx) => step(tx, by, 'response.submit', isDraft(by), submitted))
}

/**
 * Approves an answer, which from then on every receipt concerned shows.
 * @throws Refused where it is not submitted, or `staffId` is the one who submitted it
 */
export async function approveResponse(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
): Promise<void> {
  const by = { consultationId, id, ...act }
  const approved = { state: 'approved', approvedBy: act.staffId, approvedAt: act.now }
  const another = and(isSubmitted(by), ne(responses.draftedBy, act.staffId))
  await db.atomically((tx) => [
    holdSplits(tx, { response: id }),
    ...uncountSplits(tx, { response: id }),
    ...step(tx, by, 'response.approve', another, approved),
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

/** Throws a draft away; what it was for is unanswered again. @throws Refused where it is not a draft. */
export async function dropResponse(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
): Promise<void> {
  const by = { consultationId, id, ...act }
  await db.atomically((tx) => [
    ...step(tx, by, 'response.drop', isDraft(by), { state: 'dropped' }),
    tx.delete(responseComments).where(eq(responseComments.responseId, id)),
    ...refreshSplits(tx, { response: id }),
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

/** The statements that take an answer one step on, where it stands as the condition says. */
function step(
  tx: Query,
  by: By,
  act: ActName,
  condition: SQL | undefined,
  values: Partial<typeof responses.$inferInsert>,
  facts: readonly Fact[] = [],
): Statement[] {
  return [
    attests(
      must('stale', tx.update(responses).set(values).where(condition).returning({ id: responses.id })),
      by.now,
      ...facts,
      ...(values.state ? [answerStateFact({ ...values, id: by.id, state: values.state })] : []),
    ),
    logAct(tx, by, act, by.id),
  ]
}
