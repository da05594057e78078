import { and, asc, count, eq, exists, inArray, ne, not, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Act, logAct } from '../../act.ts'
import type { Query, Statement } from '../../atomically.ts'
import { dialect } from '../../columns.ts'
import type { Database } from '../../database.ts'
import { prepared } from '../../prepared.ts'
import { campaignMembers, campaigns, comments, points, responseComments, splits } from '../../schema/index.ts'
import { uncountAnswers } from '../comments/answer-counts.ts'
import { hasPoints } from '../comments/answered-points.ts'
import { countSplits, uncountSplits } from './split-counts.ts'
import { newPointId } from './whole-points.ts'

/* 同类意见: a campaign is worked once, and its copies have the points of its first comment. */

const first = alias(comments, 'first_comment')
const firstPoint = alias(points, 'first_point')
const firstSplit = alias(splits, 'first_split')

/** How many admitted copies of a campaign's first comment have no points of their own: the same to the letter, and others. */
export async function copiesWithoutPoints(
  db: Database,
  firstId: string,
): Promise<{ identical: number; near: number }> {
  const rows = await db.slow
    .select({ identical: campaignMembers.identical, count: count() })
    .from(campaigns)
    .innerJoin(campaignMembers, eq(campaignMembers.campaignId, campaigns.id))
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .where(and(eq(campaigns.representativeId, firstId), isCopy(db.slow)))
    .groupBy(campaignMembers.identical)
  const of = (identical: boolean) => rows.find((row) => row.identical === identical)?.count ?? 0
  return { identical: of(true), near: of(false) }
}

/** The first of those that differ from it, as they came in, by their public ids. */
export async function nearCopies(db: Database, firstId: string, limit: number): Promise<string[]> {
  const rows = await db.slow
    .select({ publicId: comments.publicId })
    .from(campaigns)
    .innerJoin(campaignMembers, eq(campaignMembers.campaignId, campaigns.id))
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .where(
      and(eq(campaigns.representativeId, firstId), eq(campaignMembers.identical, false), isCopy(db.slow)),
    )
    .orderBy(asc(comments.id))
    .limit(limit)
  return rows.map(({ publicId }) => publicId)
}

function isCopy(tx: Pick<Query, 'select'>) {
  return and(
    eq(campaignMembers.takenOut, false),
    ne(campaignMembers.commentId, campaigns.representativeId),
    inArray(comments.state, [...admittedStates]),
    not(hasPoints(tx)),
  )
}

/** So many comments get their points in one list. */
const together = 500

/**
 * Gives the points of a campaign's first comment, with their concerns and answers, to all admitted copies that are the same to
 * the letter and have none.
 * @returns how many got them
 */
export async function inheritByCopies(db: Database, firstId: string, act: Act): Promise<number> {
  const rows = await db.slow
    .select({ id: comments.id })
    .from(campaigns)
    .innerJoin(campaignMembers, eq(campaignMembers.campaignId, campaigns.id))
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .where(and(eq(campaigns.representativeId, firstId), eq(campaignMembers.identical, true), isCopy(db.slow)))
  for (let done = 0; done < rows.length; done += together) {
    const ids = rows.slice(done, done + together).map(({ id }) => id)
    await db.atomically((tx) => [
      ...uncountAnswers(tx, ids),
      ...uncountSplits(tx, { comments: ids }),
      ...inherited(tx, ids, act.now),
      ...countSplits(tx, { comments: ids }),
      logAct(tx, act, 'comment.inherit_points', firstId, { copies: ids.length }),
    ])
  }
  return rows.length
}

/** The statements after which a comment that has just been admitted has the points of the one of which it is a copy. */
export function inheritPoints(tx: Query, commentId: string, now: Date): Statement[] {
  return inherited(tx, [commentId], now)
}

const momentType = dialect === 'postgres' ? sql`timestamptz` : sql`integer`
const jsonType = dialect === 'postgres' ? sql`jsonb` : sql`text`

/** Its words have to be those of the first as they stand: a place in the one is the same place in the other. */
function inherited(tx: Query, ids: string[], now: Date): Statement[] {
  const isInheriting = and(
    inArray(campaignMembers.commentId, ids),
    eq(campaignMembers.identical, true),
    eq(campaignMembers.takenOut, false),
    eq(first.body, comments.body),
    inArray(comments.state, [...admittedStates]),
    not(hasPoints(tx)),
  )
  const withPoints = exists(
    tx.select({ one: sql`1` }).from(points).where(eq(points.commentId, campaignMembers.commentId)),
  )
  const at = sql<Date>`cast(${sql.param(now, splits.updatedAt)} as ${momentType})`
  return [
    tx.insert(points).select(
      tx
        .select({
          id: newPointId.as('id'),
          consultationId: firstPoint.consultationId,
          commentId: campaignMembers.commentId,
          start: firstPoint.start,
          end: firstPoint.end,
          kind: firstPoint.kind,
          clause: firstPoint.clause,
          stance: firstPoint.stance,
          themeId: firstPoint.themeId,
          departmentId: firstPoint.departmentId,
          dueOn: firstPoint.dueOn,
          concernId: firstPoint.concernId,
          responseId: firstPoint.responseId,
          proposes: firstPoint.proposes,
          reason: firstPoint.reason,
          objectedAt: sql<Date | null>`cast(null as ${momentType})`.as('objected_at'),
          upheldBy: sql<string | null>`cast(null as text)`.as('upheld_by'),
          confirmedBy: firstPoint.confirmedBy,
          markedBy: firstPoint.markedBy,
          markedAt: firstPoint.markedAt,
        })
        .from(campaignMembers)
        .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
        .innerJoin(first, eq(first.id, campaigns.representativeId))
        .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
        .innerJoin(firstPoint, eq(firstPoint.commentId, first.id))
        .where(isInheriting),
    ),
    tx
      .insert(splits)
      .select(
        tx
          .select({
            commentId: campaignMembers.commentId,
            consultationId: firstSplit.consultationId,
            state: firstSplit.state,
            length: firstSplit.length,
            uncovered: firstSplit.uncovered,
            before: sql<null>`cast(null as ${jsonType})`.as('before'),
            staffId: firstSplit.staffId,
            updatedAt: at.as('updated_at'),
            revision: sql<number>`1`.as('revision'),
            isOpen: sql<boolean>`false`.as('is_open'),
            unanswered: sql<number>`0`.as('unanswered'),
            outcome: sql<string | null>`cast(null as text)`.as('outcome'),
          })
          .from(campaignMembers)
          .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
          .innerJoin(first, eq(first.id, campaigns.representativeId))
          .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
          .innerJoin(firstSplit, eq(firstSplit.commentId, first.id))
          .where(and(isInheriting, withPoints)),
      )
      .onConflictDoUpdate({
        target: splits.commentId,
        set: {
          state: 'split',
          uncovered: sql`excluded.uncovered`,
          updatedAt: now,
          revision: sql`${splits.revision} + 1`,
        },
      }),
    tx
      .delete(responseComments)
      .where(
        and(
          inArray(responseComments.commentId, ids),
          exists(
            tx.select({ one: sql`1` }).from(points).where(eq(points.commentId, responseComments.commentId)),
          ),
        ),
      ),
  ]
}

/** Whether a comment is a copy, to the letter, of one that was parted into points. */
export async function isCopyOfParted(db: Database, commentId: string): Promise<boolean> {
  return (await parted(db).execute({ commentId })).length > 0
}

const parted = prepared('copy_of_parted', (query) => {
  const commentId = sql.param(sql.placeholder('commentId'), campaignMembers.commentId)
  return query
    .select({ id: splits.commentId })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
    .innerJoin(splits, eq(splits.commentId, campaigns.representativeId))
    .where(
      and(
        eq(campaignMembers.commentId, commentId),
        eq(campaignMembers.identical, true),
        eq(campaignMembers.takenOut, false),
        ne(campaigns.representativeId, commentId),
        eq(splits.state, 'split'),
      ),
    )
})
