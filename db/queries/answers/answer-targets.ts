import { and, count, eq, exists, inArray, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { ReadingFilters } from '../../../server/rules/comments/reading-filters.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { campaignMembers, campaigns, comments, points } from '../../schema/index.ts'
import { isUnanswered } from '../comments/answered.ts'
import { hasPoints, isOnePoint } from '../comments/answered-points.ts'
import { readingConditions } from '../comments/reading-conditions.ts'

/**
 * What one answer is for: comments that are one point, picked by their public ids or all of a reading (a clause, a theme, …);
 * points of comments that were split, and comments picked beside them; or a concern with all its points.
 */
export type AnswerTarget =
  | { kind: 'comments'; ids: string[] }
  | { kind: 'reading'; filters: ReadingFilters }
  | { kind: 'points'; ids: string[]; comments: string[] }
  | { kind: 'concern'; id: string }

/** The campaign that a target is, whole; null where it is a selection of any other kind. */
export function campaignOf(target: AnswerTarget): string | null {
  if (target.kind !== 'reading') return null
  const { campaign, ...others } = target.filters
  const isWhole = Object.entries(others).every(([key, value]) => value === null || key === 'answered')
  return isWhole ? campaign : null
}

/**
 * The admitted comments of a target that are one point and that no answer has yet. A letter that waits to be parted (待梳理) is
 * not swept along with a reading; whoever picks it has seen it.
 */
export function unansweredComments(
  tx: Pick<Query, 'select'>,
  consultationId: string,
  target: AnswerTarget & { kind: 'comments' | 'reading' },
): SQL | undefined {
  return and(
    eq(comments.consultationId, consultationId),
    isUnanswered,
    target.kind === 'comments'
      ? and(not(hasPoints(tx)), inArray(comments.publicId, target.ids))
      : and(isOnePoint(tx), readingConditions(tx, consultationId, target.filters)),
  )
}

/** The points of a target, of admitted comments, that no answer has yet. */
export function unansweredPoints(
  tx: Pick<Query, 'select'>,
  consultationId: string,
  target: AnswerTarget & { kind: 'points' | 'concern' },
): SQL | undefined {
  const admitted = tx
    .select({ one: sql`1` })
    .from(comments)
    .where(and(eq(comments.id, points.commentId), inArray(comments.state, [...admittedStates])))
  return and(
    eq(points.consultationId, consultationId),
    eq(points.kind, 'point'),
    isNull(points.responseId),
    exists(admitted),
    target.kind === 'points'
      ? or(inArray(points.id, target.ids), inArray(points.id, samePoints(tx, target.ids)))
      : eq(points.concernId, target.id),
  )
}

/** The same points of copies, to the letter, of the comments that these are of: a campaign is worked once. */
function samePoints(tx: Pick<Query, 'select'>, pointIds: string[]) {
  const picked = alias(points, 'picked')
  const same = alias(points, 'same')
  return tx
    .select({ id: same.id })
    .from(picked)
    .innerJoin(campaigns, eq(campaigns.representativeId, picked.commentId))
    .innerJoin(
      campaignMembers,
      and(
        eq(campaignMembers.campaignId, campaigns.id),
        eq(campaignMembers.identical, true),
        eq(campaignMembers.takenOut, false),
      ),
    )
    .innerJoin(
      same,
      and(
        eq(same.commentId, campaignMembers.commentId),
        eq(same.start, picked.start),
        eq(same.end, picked.end),
      ),
    )
    .where(inArray(picked.id, pointIds))
}

/** How many points are reached, and how many of them the public does not see. */
interface Reached {
  count: number
  withheld: number
}

/** How many points an answer to this target would reach, and how many of them the public does not see. */
export async function answerable(
  db: Database,
  consultationId: string,
  target: AnswerTarget,
): Promise<Reached> {
  if (target.kind === 'comments' || target.kind === 'reading') {
    const [row = none] = await db.slow
      .select(reached)
      .from(comments)
      .where(unansweredComments(db.slow, consultationId, target))
    return row
  }
  const [row = none] = await db.slow
    .select(reached)
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(unansweredPoints(db.slow, consultationId, target))
  const beside = besideThem(target)
  const others = beside ? await answerable(db, consultationId, beside) : none
  return { count: row.count + others.count, withheld: row.withheld + others.withheld }
}

const none: Reached = { count: 0, withheld: 0 }

/** Not by groups, for whose order SQLite would read all that was admitted. */
const reached = {
  count: count(),
  withheld: sql<number>`coalesce(sum(case when ${comments.state} = 'withheld' then 1 else 0 end), 0)`.mapWith(
    Number,
  ),
}

/** The comments that were picked beside points of others. */
export function besideThem(target: AnswerTarget): (AnswerTarget & { kind: 'comments' }) | null {
  return target.kind === 'points' && target.comments.length > 0
    ? { kind: 'comments', ids: target.comments }
    : null
}
