import { randomUUID } from 'node:crypto'
import { and, eq, exists, inArray, notExists, type SQL, sql } from 'drizzle-orm'
import { answerFact } from '../../../server/rules/evidence/office-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { concernMoves, concerns, points, responses } from '../../schema/index.ts'
import { keepChanged, keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'
import { gather, type Picked } from './gathering.ts'
import { departmentIsOpen } from './open-departments.ts'

/** What a concern says, and what it is about. */
export interface ConcernFacts {
  sentence: string
  clause: string
  themeId: string | null
  departmentId: string | null
}

/**
 * Makes a concern and gathers into it what was picked.
 * @param from the concern in which all of the points were seen; null: wherever they are
 * @returns its id
 * @throws Refused where points are elsewhere by now, have an approved answer in another, or its department answers no more: then
 * there is none
 */
export async function makeConcern(
  db: Database,
  consultationId: string,
  facts: ConcernFacts,
  picked: Picked,
  act: Act,
  from: string | null = null,
): Promise<string> {
  const id = randomUUID()
  const row = { id, consultationId, ...facts, count: 0, staffId: act.staffId, createdAt: act.now }
  const { departmentId } = facts
  await db.atomically((tx) => [
    ...(departmentId ? [departmentIsOpen(tx, { consultationId, departmentId })] : []),
    tx.insert(concerns).values(row),
    ...keepVersion(tx, versionedConcern(consultationId, id), { opened: 0, said: saidBy(facts) }, act),
    logAct(tx, act, 'concern.make', id, { clause: facts.clause }),
  ])
  await gather(db, consultationId, id, picked, act, from).catch(async (error: unknown) => {
    await removeConcern(db, consultationId, id, act)
    throw error
  })
  return id
}

/**
 * Gives a concern other words; an answer to it that nobody has approved says them too, as its next version.
 * @param concern with the revision that is changed
 * @throws Refused where it is not there, somebody else has changed it since, or its new department answers no more
 */
export async function rewordConcern(
  db: Database,
  consultationId: string,
  { id, revision, ...facts }: ConcernFacts & { id: string; revision: number },
  act: Act,
): Promise<void> {
  const { outcome, reason } = responses
  const worded = and(eq(responses.concernId, id), inArray(responses.state, ['draft', 'submitted']))
  const drafts = await db.query.select({ id: responses.id, outcome, reason }).from(responses).where(worded)
  const summary = facts.sentence
  const { departmentId } = facts
  await db.atomically((tx) => [
    ...(departmentId
      ? [departmentIsOpen(tx, { consultationId, departmentId }, hasDepartment(tx, id, departmentId))]
      : []),
    must(
      'gone',
      tx
        .update(concerns)
        .set({ ...facts, dueOn: keptDay(facts.departmentId) })
        .where(and(eq(concerns.id, id), eq(concerns.consultationId, consultationId)))
        .returning({ id: concerns.id }),
    ),
    ...keepVersion(tx, versionedConcern(consultationId, id), { opened: revision, said: saidBy(facts) }, act),
    ...drafts.flatMap((draft) => [
      attests(
        tx
          .update(responses)
          .set({ summary })
          .where(and(eq(responses.id, draft.id), worded)),
        act.now,
        answerFact({ ...draft, consultationId, summary }),
      ),
      keepChanged(tx, { consultationId, kind: 'answer', row: draft.id }, { summary }, act),
    ]),
    logAct(tx, act, 'concern.reword', id, { revision: revision + 1 }),
  ])
}

/** Removes a concern that has no points. @throws Refused where it is not there, or has any, or was ever answered */
export async function removeConcern(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
): Promise<void> {
  const one = { one: sql`1` }
  await db.atomically((tx) => [
    tx.delete(concernMoves).where(eq(concernMoves.concernId, id)),
    must(
      'stale',
      tx
        .delete(concerns)
        .where(
          and(
            eq(concerns.id, id),
            eq(concerns.consultationId, consultationId),
            notExists(tx.select(one).from(points).where(eq(points.concernId, id))),
            notExists(tx.select(one).from(responses).where(eq(responses.concernId, id))),
          ),
        )
        .returning({ id: concerns.id }),
    ),
    keepRemoval(tx, versionedConcern(consultationId, id), act),
    logAct(tx, act, 'concern.remove', id),
  ])
}

/** The condition that a concern is a department's already. */
function hasDepartment(tx: Query, id: string, departmentId: string): SQL {
  return exists(
    tx
      .select({ one: sql`1` })
      .from(concerns)
      .where(and(eq(concerns.id, id), eq(concerns.departmentId, departmentId))),
  )
}

/** Its due day, as long as the department is the same. */
function keptDay(departmentId: string | null) {
  return sql`case when coalesce(${concerns.departmentId}, '') = ${departmentId ?? ''} then ${concerns.dueOn} end`
}

/** As its versions have it. */
function saidBy({ sentence, clause, themeId, departmentId }: ConcernFacts) {
  return { sentence, clause, theme: themeId, department: departmentId }
}

/** Which versions are a concern's. */
export function versionedConcern(consultationId: string, row: string): Versioned {
  return { consultationId, kind: 'concern', row }
}
