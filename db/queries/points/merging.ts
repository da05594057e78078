import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { Refused } from '../../refused.ts'
import { concernMoves, concerns, points, responses, wordingConcerns } from '../../schema/index.ts'
import { keepRemoval } from '../versions/office-versions.ts'
import { behindToo, keepMove } from './moving.ts'
import { holdSplits } from './split-counts.ts'
import { versionedConcern } from './worded-concerns.ts'

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
  const { staffId, createdAt, dueOn } = merged
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
    keepRemoval(tx, versionedConcern(consultationId, from), act),
    ...keepMove(
      tx,
      into,
      {
        ...{ act: 'merge', comments: [], points: moved.map(({ id }) => ({ id, from })) },
        merged: {
          ...{ id: from, staffId, createdAt: createdAt.toISOString(), dueOn },
          responses: answers.map(({ id }) => id),
          wordings: wordingsOf(from).map((id) => ({ id, shared: wordingsOf(into).includes(id) })),
        },
      },
      act,
    ),
    logAct(tx, act, 'concern.merge', into, { from }),
  ])
}
