import { and, count, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Query, Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  arrivalCounts,
  campaignMembers,
  campaigns,
  commentCounts,
  comments,
  endorsementCounts,
  endorsements,
  intakes,
  submissions,
} from '../../schema/index.ts'
import type { ArrivalCell } from '../comments/arrival-counts.ts'
import type { CommentCell } from '../comments/comment-counts.ts'
import { isFirst, isOfLateLetter, ofCell } from './counters.ts'
import { mendModerationCount } from './mended-moderation-counts.ts'
import { mendOfficeCount } from './mended-office-counts.ts'
import { mendPointCount } from './mended-point-counts.ts'
import type { WrongCount } from './recount.ts'

/**
 * Sets these counters to what their rows say, all or none. Each counter's row is held before its rows are counted, so
 * that what comes in meanwhile waits and is then added: beside a portal that is serving, nothing is lost.
 */
export async function mendCounts(db: Database, wrong: readonly WrongCount[]): Promise<void> {
  await db.atomically((tx) => inOneOrder(wrong).flatMap((one) => mend(tx, one)))
}

/** Lists that hold the same rows in different orders would wait for one another on PostgreSQL. */
function inOneOrder(wrong: readonly WrongCount[]): WrongCount[] {
  const keyOf = ({ counter, cell }: WrongCount) => JSON.stringify([counter, ...Object.values(cell)])
  return [...wrong].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

function mend(tx: Query, wrong: WrongCount): Statement[] {
  switch (wrong.counter) {
    case 'comments':
      return mendComments(tx, wrong.cell)
    case 'endorsements':
      return mendEndorsements(tx, wrong.cell)
    case 'campaigns':
      return mendCampaign(tx, wrong.cell)
    case 'days':
    case 'clauses':
    case 'answers':
    case 'reached':
      return mendOfficeCount(tx, wrong)
    case 'rulings':
    case 'redactions':
    case 'decisions':
      return mendModerationCount(tx, wrong)
    case 'points':
    case 'parted':
    case 'gathered':
      return mendPointCount(tx, wrong)
    default:
      return mendArrivals(tx, wrong.cell)
  }
}

function mendComments(tx: Query, cell: CommentCell) {
  const { consultationId, clause, stance, state } = commentCounts
  const counted = tx.select({ count: count() }).from(comments).where(isCell(comments, cell))
  return [
    tx
      .insert(commentCounts)
      .values({ ...cell, count: 0 })
      .onConflictDoUpdate({
        target: [consultationId, clause, stance, state],
        set: { count: sql`${commentCounts.count}` },
      }),
    tx
      .update(commentCounts)
      .set({ count: sql`${counted}` })
      .where(isCell(commentCounts, cell)),
  ]
}

function isCell(rows: typeof comments | typeof commentCounts, cell: CommentCell): SQL | undefined {
  return and(
    eq(rows.consultationId, cell.consultationId),
    eq(rows.clause, cell.clause),
    eq(rows.stance, cell.stance),
    eq(rows.state, cell.state),
  )
}

function mendEndorsements(tx: Query, { id }: { id: string }) {
  const counted = tx
    .select({ count: count() })
    .from(endorsements)
    .where(and(eq(endorsements.commentId, id), isNull(endorsements.withdrawnAt)))
  return [
    tx
      .insert(endorsementCounts)
      .values({ commentId: id, count: 0 })
      .onConflictDoUpdate({
        target: endorsementCounts.commentId,
        set: { count: sql`${endorsementCounts.count}` },
      }),
    tx
      .update(endorsementCounts)
      .set({ count: sql`${counted}` })
      .where(eq(endorsementCounts.commentId, id)),
  ]
}

function mendCampaign(tx: Query, { id }: { id: string }) {
  const counted = tx
    .select({ count: count() })
    .from(campaignMembers)
    .where(and(eq(campaignMembers.campaignId, id), eq(campaignMembers.takenOut, false)))
  return [
    tx
      .update(campaigns)
      .set({ count: sql`${campaigns.count}` })
      .where(eq(campaigns.id, id)),
    tx
      .update(campaigns)
      .set({ count: sql`${counted}` })
      .where(eq(campaigns.id, id)),
  ]
}

function mendArrivals(tx: Query, cell: ArrivalCell) {
  const counted = (condition: SQL | undefined) =>
    tx
      .select({ count: count() })
      .from(comments)
      .innerJoin(submissions, eq(submissions.id, comments.submissionId))
      .where(and(ofCell(cell), condition))
  const people = tx
    .select({ count: sql`coalesce(sum(coalesce(${intakes.present}, 1)), 0)` })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .leftJoin(intakes, eq(intakes.submissionId, submissions.id))
    .where(and(ofCell(cell), isFirst(tx)))
  const { consultationId, clause, channel, identity, region } = arrivalCounts
  return [
    tx
      .insert(arrivalCounts)
      .values({ ...cell, comments: 0, submissions: 0, people: 0, late: 0 })
      .onConflictDoUpdate({
        target: [consultationId, clause, channel, identity, region],
        set: { comments: sql`${arrivalCounts.comments}` },
      }),
    tx
      .update(arrivalCounts)
      .set({
        comments: sql`${counted(undefined)}`,
        submissions: sql`${counted(isFirst(tx))}`,
        people: sql`${people}`,
        late: sql`${counted(isOfLateLetter(tx))}`,
      })
      .where(
        and(
          eq(consultationId, cell.consultationId),
          eq(clause, cell.clause),
          eq(channel, cell.channel),
          eq(identity, cell.identity),
          eq(region, cell.region),
        ),
      ),
  ]
}
