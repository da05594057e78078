import { and, eq, inArray, type SQLWrapper, sql } from 'drizzle-orm'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { campaignMembers, campaigns, comments, fingerprintBands, responses } from '../../schema/index.ts'
import { forgetPassages } from './passages.ts'

interface Membership {
  campaignId: string
  takenOut: boolean
  isFirst: boolean
}

/**
 * Forgets what a comment was like before its author revised it, so that its new words can be compared: it leaves its
 * campaign, and one that was known by its old words is dissolved.
 * @throws Refused where somebody took it out of its campaign meanwhile
 */
export async function forgetComparison(db: Database, commentId: string): Promise<void> {
  const membership = await membershipOf(db, commentId)
  await db.atomically((tx) => [
    forgetBands(tx, commentId),
    forgetPassages(tx, commentId),
    ...(membership === null ? [] : leave(tx, commentId, membership)),
  ])
}

/** The statement after which a comment is not known by what all of its text is like. */
export function forgetBands(tx: Pick<Query, 'delete'>, commentId: string): Statement {
  return tx.delete(fingerprintBands).where(eq(fingerprintBands.commentId, commentId))
}

async function membershipOf(db: Database, commentId: string): Promise<Membership | null> {
  const { campaignId, takenOut } = campaignMembers
  const [row] = await db.query
    .select({ campaignId, takenOut, first: campaigns.representativeId })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignId))
    .where(eq(campaignMembers.commentId, commentId))
  return row ? { ...row, isFirst: row.first === commentId } : null
}

function leave(tx: Query, commentId: string, { campaignId, takenOut, isFirst }: Membership): Statement[] {
  if (isFirst)
    return dissolveAll(
      tx,
      tx.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.id, campaignId)),
    )
  const left = must(
    'stale',
    tx
      .delete(campaignMembers)
      .where(and(eq(campaignMembers.commentId, commentId), eq(campaignMembers.takenOut, takenOut)))
      .returning({ id: campaignMembers.commentId }),
  )
  if (takenOut) return [left]
  return [
    left,
    tx
      .update(campaigns)
      .set({ count: sql`${campaigns.count} - 1` })
      .where(eq(campaigns.id, campaignId)),
  ]
}

/**
 * Their comments are compared anew, but for those that were taken out; they stay as they are. An answer stays with the
 * comments that it has and reaches no later copies, since these would be copies of other words.
 * @param ids reads the campaigns' ids
 */
export function dissolveAll(tx: Query, ids: SQLWrapper): Statement[] {
  const members = tx
    .select({ id: campaignMembers.commentId })
    .from(campaignMembers)
    .where(and(inArray(campaignMembers.campaignId, ids), eq(campaignMembers.takenOut, false)))
  return [
    tx.update(comments).set({ comparedAt: null }).where(inArray(comments.id, members)),
    tx.update(responses).set({ campaignId: null }).where(inArray(responses.campaignId, ids)),
    tx.delete(campaignMembers).where(inArray(campaignMembers.campaignId, ids)),
    tx.delete(campaigns).where(inArray(campaigns.id, ids)),
  ]
}
