import { and, count, eq, inArray, notExists, type SQL, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { ReadingFilters } from '../../../server/rules/comments/reading-filters.ts'
import { answerFact, answerStateFact } from '../../../server/rules/evidence/office-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { comments, responseComments, responses } from '../../schema/index.ts'
import { readingConditions } from '../comments/reading-conditions.ts'
import type { Answer } from './responses.ts'

/** What one answer is for: comments picked by hand, or all that a reading shows (a clause, a theme, …). */
/** Comments by their public ids, or all of a reading. */
export type AnswerTarget = { kind: 'comments'; ids: string[] } | { kind: 'reading'; filters: ReadingFilters }

/** The campaign that a target is, whole; null where it is a selection of any other kind. */
export function campaignOf(target: AnswerTarget): string | null {
  if (target.kind === 'comments') return null
  const { campaign, ...others } = target.filters
  const isWhole = Object.entries(others).every(([key, value]) => value === null || key === 'answered')
  return isWhole ? campaign : null
}

/** The admitted comments of a target that no answer has yet. */
function unanswered(
  tx: Pick<Query, 'select'>,
  consultationId: string,
  target: AnswerTarget,
): SQL | undefined {
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

function aimedAt(tx: Pick<Query, 'select'>, consultationId: string, target: AnswerTarget): SQL | undefined {
  return target.kind === 'comments'
    ? inArray(comments.publicId, target.ids)
    : readingConditions(tx, consultationId, target.filters)
}

/** How many comments an answer to this target would reach, and how many of them the public does not see. */
export async function answerable(
  db: Database,
  consultationId: string,
  target: AnswerTarget,
): Promise<{ count: number; withheld: number }> {
  const rows = await db.slow
    .select({ state: comments.state, count: count() })
    .from(comments)
    .where(unanswered(db.slow, consultationId, target))
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
  act: Act,
): Promise<string> {
  const id = uuid()
  const row = {
    id,
    consultationId,
    ...answer,
    campaignId: campaignOf(target),
    state: 'draft',
    draftedBy: act.staffId,
    createdAt: act.now,
  }
  await db.atomically((tx) => [
    attests(tx.insert(responses).values(row), act.now, answerFact(row), answerStateFact(row)),
    must(
      'stale',
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
    logAct(tx, act, 'response.draft', id),
  ])
  return id
}
