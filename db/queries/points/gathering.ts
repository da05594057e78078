import { and, eq, inArray, isNotNull, isNull, not, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import { dialect } from '../../columns.ts'
import type { Database } from '../../database.ts'
import { comments, concerns, points, responseComments, responses, splits } from '../../schema/index.ts'
import { uncountAnswers } from '../comments/answer-counts.ts'
import { hasPoints, isOnePoint } from '../comments/answered-points.ts'
import { countSplits, holdSplits, uncountSplits } from './split-counts.ts'

/** What is picked to be gathered: points, and comments that are one point. */
export interface Picked {
  pointIds: string[]
  /** Public ids. */
  comments: string[]
}

/** So many comments are gathered in one list. */
const together = 500

/**
 * Gathers points into a concern; those that were in another leave it. A comment that nobody has split becomes its one
 * point. What has no answer yet comes under the one that is being drafted for the concern; an approved one is not given to
 * more than its approver has read.
 * @throws Refused where the concern is not there
 */
export async function gather(
  db: Database,
  consultationId: string,
  concernId: string,
  picked: Picked,
  act: Act,
): Promise<void> {
  const found = await commentsPicked(db, consultationId, picked)
  for (let done = 0; done < found.length; done += together) {
    const chunk = found.slice(done, done + together)
    const ids = [...new Set(chunk.map(({ commentId }) => commentId))]
    const pointIds = chunk.flatMap(({ pointId }) => (pointId === null ? [] : [pointId]))
    const whole = chunk.flatMap(({ commentId, pointId }) => (pointId === null ? [commentId] : []))
    await db.atomically((tx) => [
      must('gone', theConcern(tx, consultationId, concernId)),
      holdSplits(tx, { comments: ids }),
      ...uncountAnswers(tx, whole),
      ...uncountSplits(tx, { comments: ids }),
      ...asPoints(tx, whole, act),
      ...joining(tx, concernId, { pointIds, whole }),
      ...countSplits(tx, { comments: ids }),
      logAct(tx, act, 'concern.gather', concernId, {
        points: pointIds,
        comments: chunk.flatMap(({ publicId, pointId }) => (pointId === null ? [publicId] : [])),
      }),
    ])
  }
}

/** What was picked and may be gathered, of admitted comments: a letter is parted first. */
async function commentsPicked(db: Database, consultationId: string, { pointIds, comments: picked }: Picked) {
  const here = and(eq(comments.consultationId, consultationId), inArray(comments.state, [...admittedStates]))
  const [parts, whole] = await Promise.all([
    pointIds.length === 0
      ? []
      : db.query
          .select({ commentId: points.commentId, publicId: comments.publicId, pointId: points.id })
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
  return [...parts, ...whole.map((one) => ({ ...one, pointId: null }))]
}

function theConcern(tx: Query, consultationId: string, concernId: string) {
  return tx
    .update(concerns)
    .set({ count: sql`${concerns.count}` })
    .where(and(eq(concerns.id, concernId), eq(concerns.consultationId, consultationId)))
    .returning({ id: concerns.id })
}

/** Chance alone, as the ids that the portal makes itself. */
export const newPointId =
  dialect === 'postgres' ? sql<string>`gen_random_uuid()::text` : sql<string>`lower(hex(randomblob(16)))`

const [momentType, jsonType] =
  dialect === 'postgres' ? [sql`timestamptz`, sql`jsonb`] : [sql`integer`, sql`text`]

/** The statements after which comments that are one point have it as a row of its own, with their answer. */
function asPoints(tx: Query, commentIds: string[], act: Act): Statement[] {
  if (commentIds.length === 0) return []
  const { id, consultationId, body, clause, stance } = comments
  const meant = and(inArray(id, commentIds), not(hasPoints(tx)))
  const at = sql<Date>`cast(${sql.param(act.now, points.markedAt)} as ${momentType})`
  const none = (name: string) => sql<string | null>`cast(null as text)`.as(name)
  const answer = tx
    .select({ responseId: responseComments.responseId })
    .from(responseComments)
    .where(eq(responseComments.commentId, id))
  return [
    tx.insert(points).select(
      tx
        .select({
          id: newPointId.as('id'),
          consultationId,
          commentId: id,
          start: sql<number>`0`.as('start'),
          end: sql<number>`length(${body})`.as('end'),
          kind: sql<string>`'point'`.as('kind'),
          clause,
          stance,
          themeId: none('theme_id'),
          departmentId: none('department_id'),
          concernId: none('concern_id'),
          responseId: sql<string | null>`(${answer})`.as('response_id'),
          reason: none('reason'),
          objectedAt: sql<Date | null>`cast(null as ${momentType})`.as('objected_at'),
          confirmedBy: none('confirmed_by'),
          markedBy: sql<string>`cast(${act.staffId} as text)`.as('marked_by'),
          markedAt: at.as('marked_at'),
        })
        .from(comments)
        .where(meant),
    ),
    tx
      .insert(splits)
      .select(
        tx
          .select({
            commentId: id,
            consultationId,
            state: sql<string>`'split'`.as('state'),
            length: sql<number>`length(${body})`.as('length'),
            uncovered: sql<number>`0`.as('uncovered'),
            before: sql<null>`cast(null as ${jsonType})`.as('before'),
            staffId: sql<string>`cast(${act.staffId} as text)`.as('staff_id'),
            updatedAt: at.as('updated_at'),
            revision: sql<number>`1`.as('revision'),
            isOpen: sql<boolean>`false`.as('is_open'),
            unanswered: sql<number>`0`.as('unanswered'),
            outcome: none('outcome'),
          })
          .from(comments)
          .where(meant),
      )
      .onConflictDoUpdate({
        target: splits.commentId,
        set: { state: 'split', uncovered: 0, staffId: act.staffId, updatedAt: act.now },
      }),
    tx.delete(responseComments).where(inArray(responseComments.commentId, commentIds)),
  ]
}

/** What joins a concern comes under its answer, as long as nobody has approved that. */
function joining(
  tx: Query,
  concernId: string,
  { pointIds, whole }: { pointIds: string[]; whole: string[] },
): Statement[] {
  const answer = tx
    .select({ id: responses.id })
    .from(responses)
    .where(and(eq(responses.concernId, concernId), inArray(responses.state, ['draft', 'submitted'])))
    .limit(1)
  const joined = [
    ...(pointIds.length > 0 ? [inArray(points.id, pointIds)] : []),
    ...(whole.length > 0 ? [and(inArray(points.commentId, whole), eq(points.kind, 'point'))] : []),
  ]
  return joined.flatMap((meant) => [
    tx.update(points).set({ concernId, objectedAt: null }).where(meant),
    tx
      .update(points)
      .set({ responseId: sql`(${answer})` })
      .where(and(meant, isNull(points.responseId))),
  ])
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
  const rows = await db.query.select({ commentId: points.commentId }).from(points).where(meant)
  const ids = [...new Set(rows.map(({ commentId }) => commentId))]
  const drafts = db.query
    .select({ id: responses.id })
    .from(responses)
    .where(and(eq(responses.concernId, concernId), inArray(responses.state, ['draft', 'submitted'])))
  await db.atomically((tx) => [
    must('gone', theConcern(tx, consultationId, concernId)),
    holdSplits(tx, { comments: ids }),
    ...uncountSplits(tx, { comments: ids }),
    tx
      .update(points)
      .set({ responseId: null })
      .where(and(meant, isNotNull(points.responseId), inArray(points.responseId, drafts))),
    must('stale', tx.update(points).set({ concernId: null }).where(meant).returning({ id: points.id })),
    ...countSplits(tx, { comments: ids }),
    logAct(tx, act, 'concern.let_go', concernId, { points: pointIds }),
  ])
}
