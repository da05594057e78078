import { and, eq, inArray, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Moved } from '../../../server/rules/points/moved.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, concerns, points } from '../../schema/index.ts'
import { uncountAnswers } from '../comments/answer-counts.ts'
import { isOnePoint } from '../comments/answered-points.ts'
import { keepMove, movable, movedInto } from './moving.ts'
import { countSplits, holdSplits, uncountSplits } from './split-counts.ts'
import { asPoints } from './whole-points.ts'

/** What is picked to be gathered: points, and comments that are one point. */
export interface Picked {
  pointIds: string[]
  /** Public ids. */
  comments: string[]
}

/** So many comments are gathered in one list. */
const together = 500

/**
 * Gathers points into a concern; those that were in another leave it, and what is drafted for that. A comment that nobody has
 * split becomes its one point. What has no answer yet comes under the one that is being drafted for the concern; an approved
 * one is not given to more than its approver has read.
 * @param from the concern in which all of the points were seen; null: wherever they are
 * @throws Refused where the concern is not there, or points are elsewhere by now, or have an approved answer in another
 */
export async function gather(
  db: Database,
  consultationId: string,
  concernId: string,
  picked: Picked,
  act: Act,
  from: string | null = null,
): Promise<void> {
  const found = await commentsPicked(db, consultationId, picked)
  for (let done = 0; done < found.length; done += together) {
    const chunk = found.slice(done, done + together)
    const ids = [...new Set(chunk.map(({ commentId }) => commentId))]
    const parts = chunk.flatMap(({ point }) => (point === null ? [] : [point]))
    const pointIds = parts.map(({ id }) => id)
    const whole = chunk.flatMap(({ commentId, point }) => (point === null ? [commentId] : []))
    await db.atomically((tx) => [
      must('gone', theConcern(tx, consultationId, concernId)),
      holdSplits(tx, { comments: ids }),
      ...(pointIds.length > 0 ? [movable(tx, { pointIds, into: concernId, from })] : []),
      ...uncountAnswers(tx, whole),
      ...uncountSplits(tx, { comments: ids }),
      ...asPoints(tx, whole, act),
      ...(pointIds.length > 0 ? movedInto(tx, concernId, inArray(points.id, pointIds)) : []),
      ...(whole.length > 0
        ? movedInto(tx, concernId, and(inArray(points.commentId, whole), eq(points.kind, 'point')))
        : []),
      ...countSplits(tx, { comments: ids }),
      // Of many that are gathered in several lists the first keeps all.
      ...(done === 0 ? keepMove(tx, concernId, gathered(found), act) : []),
      logAct(tx, act, 'concern.gather', concernId, {
        points: pointIds,
        comments: chunk.flatMap(({ publicId, point }) => (point === null ? [publicId] : [])),
        ...(from === null ? {} : { from }),
      }),
    ])
  }
}

function gathered(found: Awaited<ReturnType<typeof commentsPicked>>): Moved {
  return {
    ...{ act: 'gather', merged: null },
    points: found.flatMap(({ point }) => (point ? [{ id: point.id, from: point.concernId }] : [])),
    comments: found.flatMap(({ commentId, point }) => (point ? [] : [commentId])),
  }
}

/** What was picked and may be gathered, of admitted comments: a letter is parted first. */
async function commentsPicked(db: Database, consultationId: string, { pointIds, comments: picked }: Picked) {
  const here = and(eq(comments.consultationId, consultationId), inArray(comments.state, [...admittedStates]))
  const [parts, whole] = await Promise.all([
    pointIds.length === 0
      ? []
      : db.query
          .select({
            ...{ commentId: points.commentId, publicId: comments.publicId },
            point: { id: points.id, concernId: points.concernId },
          })
          .from(points)
          .innerJoin(comments, eq(comments.id, points.commentId))
          .where(and(here, inArray(points.id, pointIds), eq(points.kind, 'point'))),
    picked.length === 0
      ? []
      : db.query
          .select({ commentId: comments.id, publicId: comments.publicId })
          .from(comments)
          .where(and(here, inArray(comments.publicId, picked), isOnePoint(db.query))),
  ])
  return [...parts, ...whole.map((one) => ({ ...one, point: null }))]
}

function theConcern(tx: Query, consultationId: string, concernId: string) {
  return tx
    .update(concerns)
    .set({ count: sql`${concerns.count}` })
    .where(and(eq(concerns.id, concernId), eq(concerns.consultationId, consultationId)))
    .returning({ id: concerns.id })
}

/**
 * Takes points out of their concern; those that only its draft would have answered are unanswered again.
 * @throws Refused where none of them is in it
 */
export async function letGo(
  db: Database,
  consultationId: string,
  concernId: string,
  pointIds: string[],
  act: Act,
): Promise<void> {
  const meant = and(inArray(points.id, pointIds), eq(points.concernId, concernId))
  const rows = await db.query.select({ id: points.id, commentId: points.commentId }).from(points).where(meant)
  const ids = [...new Set(rows.map(({ commentId }) => commentId))]
  const moved: Moved = {
    ...{ act: 'let_go', comments: [], merged: null },
    points: rows.map(({ id }) => ({ id, from: concernId })),
  }
  await db.atomically((tx) => [
    must('gone', theConcern(tx, consultationId, concernId)),
    holdSplits(tx, { comments: ids }),
    must('stale', tx.select({ id: points.id }).from(points).where(meant).limit(1)),
    ...uncountSplits(tx, { comments: ids }),
    ...movedInto(tx, null, meant),
    ...countSplits(tx, { comments: ids }),
    ...keepMove(tx, concernId, moved, act),
    logAct(tx, act, 'concern.let_go', concernId, { points: pointIds }),
  ])
}
