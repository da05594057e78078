import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, inArray, ne, notExists, sql } from 'drizzle-orm'
import { answerFact } from '../../../server/rules/evidence/office-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { Refused } from '../../refused.ts'
import {
  concernMoves,
  concerns,
  departments,
  points,
  responses,
  staff,
  themes,
  wordingConcerns,
} from '../../schema/index.ts'
import { keepChanged, keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'
import { gather, type Picked } from './gathering.ts'
import { behindToo, keepMove } from './moving.ts'
import { holdSplits } from './split-counts.ts'

/** What a concern says, and what it is about. */
export interface ConcernFacts {
  sentence: string
  clause: string
  themeId: string | null
  departmentId: string | null
}

export type Concern = Awaited<ReturnType<typeof concernsOf>>[number]

const read = {
  id: concerns.id,
  sentence: concerns.sentence,
  clause: concerns.clause,
  themeId: concerns.themeId,
  departmentId: concerns.departmentId,
  count: concerns.count,
  createdAt: concerns.createdAt,
  theme: themes.name,
  department: departments.name,
  by: staff.name,
  response: {
    id: responses.id,
    outcome: responses.outcome,
    state: responses.state,
    reason: responses.reason,
  },
}

/** The concerns of a consultation, the weightiest of each clause first; of one clause where it is named. */
export function concernsOf(db: Database, consultationId: string, clause: string | null = null) {
  return concernRows(db)
    .where(
      and(
        eq(concerns.consultationId, consultationId),
        clause === null ? undefined : eq(concerns.clause, clause),
      ),
    )
    .orderBy(asc(concerns.clause), desc(concerns.count), asc(concerns.id))
}

/** A concern; null where there is none of this id in this consultation. */
export async function findConcern(db: Database, consultationId: string, id: string): Promise<Concern | null> {
  const [row] = await concernRows(db).where(
    and(eq(concerns.id, id), eq(concerns.consultationId, consultationId)),
  )
  return row ?? null
}

/** What is read of concerns, to be narrowed and put in an order. */
export function concernRows({ query }: Database) {
  return query
    .select(read)
    .from(concerns)
    .innerJoin(staff, eq(staff.id, concerns.staffId))
    .leftJoin(themes, eq(themes.id, concerns.themeId))
    .leftJoin(departments, eq(departments.id, concerns.departmentId))
    .leftJoin(responses, eq(responses.id, newestAnswer))
}

/** A concern may be answered again, for points that joined it after its answer was approved. */
const newestAnswer = sql`(select max(${responses.id}) from ${responses} where ${responses.concernId} = ${concerns.id}
  and ${ne(responses.state, 'dropped')})`

/**
 * Makes a concern and gathers into it what was picked.
 * @param from the concern in which all of the points were seen; null: wherever they are
 * @returns its id
 * @throws Refused where points are elsewhere by now, or have an approved answer in another: then there is none
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
  await db.atomically((tx) => [
    tx.insert(concerns).values(row),
    ...keepVersion(tx, versioned(consultationId, id), { opened: 0, said: saidBy(facts) }, act),
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
 * @throws Refused where it is not there, or somebody else has changed it since
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
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .update(concerns)
        .set(facts)
        .where(and(eq(concerns.id, id), eq(concerns.consultationId, consultationId)))
        .returning({ id: concerns.id }),
    ),
    ...keepVersion(tx, versioned(consultationId, id), { opened: revision, said: saidBy(facts) }, act),
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

/**
 * Puts the points of one concern into another, and the empty one is gone.
 * @throws Refused where one of them is not there, or they are the same
 */
export async function mergeConcerns(
  db: Database,
  consultationId: string,
  { from, into }: { from: string; into: string },
  act: Act,
): Promise<void> {
  const here = (id: string) => and(eq(concerns.id, id), eq(concerns.consultationId, consultationId))
  const [[merged], moved, answers, behind] = await Promise.all([
    db.query.select().from(concerns).where(here(from)),
    db.query.select({ id: points.id }).from(points).where(eq(points.concernId, from)),
    db.query.select({ id: responses.id }).from(responses).where(eq(responses.concernId, from)),
    db.query
      .select()
      .from(wordingConcerns)
      .where(inArray(wordingConcerns.concernId, [from, into])),
  ])
  const wordingsOf = (concern: string) =>
    behind.flatMap(({ wordingId, concernId }) => (concernId === concern ? [wordingId] : []))
  if (!merged || from === into) throw new Refused('gone', 0)
  const { staffId, createdAt } = merged
  await db.atomically((tx) => [
    holdSplits(tx, { concern: from }),
    must(
      'gone',
      tx
        .update(concerns)
        .set({
          count: sql`${concerns.count} + (select c.count from concerns c where c.id = ${from})`,
        })
        .where(here(into))
        .returning({ id: concerns.id }),
    ),
    tx.update(points).set({ concernId: into }).where(eq(points.concernId, from)),
    tx.update(responses).set({ concernId: into }).where(eq(responses.concernId, from)),
    tx.delete(concernMoves).where(eq(concernMoves.concernId, from)),
    ...behindToo(tx, into, wordingsOf(from)),
    tx.delete(wordingConcerns).where(eq(wordingConcerns.concernId, from)),
    must('gone', tx.delete(concerns).where(here(from)).returning({ id: concerns.id })),
    keepRemoval(tx, versioned(consultationId, from), act),
    ...keepMove(
      tx,
      into,
      {
        ...{ act: 'merge', comments: [], points: moved.map(({ id }) => ({ id, from })) },
        merged: {
          ...{ id: from, staffId, createdAt: createdAt.toISOString() },
          responses: answers.map(({ id }) => id),
          wordings: wordingsOf(from).map((id) => ({ id, shared: wordingsOf(into).includes(id) })),
        },
      },
      act,
    ),
    logAct(tx, act, 'concern.merge', into, { from }),
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
    keepRemoval(tx, versioned(consultationId, id), act),
    logAct(tx, act, 'concern.remove', id),
  ])
}

/** As its versions have it. */
function saidBy({ sentence, clause, themeId, departmentId }: ConcernFacts) {
  return { sentence, clause, theme: themeId, department: departmentId }
}

function versioned(consultationId: string, row: string): Versioned {
  return { consultationId, kind: 'concern', row }
}
