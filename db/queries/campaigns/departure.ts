import { and, eq, inArray, isNotNull, min, ne, sql } from 'drizzle-orm'
import type { Query, Statement } from '../../atomically.ts'
import { campaignMembers, campaigns, comments, fingerprintBands, passages } from '../../schema/index.ts'
import { forgetPassages } from './passages.ts'
import { dissolveAll, forgetBands } from './regrouping.ts'

/**
 * The statements after which a comment whose words go stands in no campaign and is known by no fingerprint. A campaign
 * that was known by it goes on under the next copy that is the same to the letter, which has the same fingerprint; where
 * there is none, it is dissolved.
 */
export function leaveForGood(tx: Query, commentId: string): Statement[] {
  const knownByIt = eq(campaigns.representativeId, commentId)
  const joined = tx
    .select({ id: campaignMembers.campaignId })
    .from(campaignMembers)
    .where(and(eq(campaignMembers.commentId, commentId), eq(campaignMembers.takenOut, false)))
  return [
    ...handOver(tx, commentId),
    tx
      .update(campaigns)
      .set({ count: sql`${campaigns.count} - 1` })
      .where(inArray(campaigns.id, joined)),
    // Before its campaign is dissolved, so that it is not compared anew with the others.
    tx.delete(campaignMembers).where(eq(campaignMembers.commentId, commentId)),
    ...dissolveAll(tx, tx.select({ id: campaigns.id }).from(campaigns).where(knownByIt)),
    forgetBands(tx, commentId),
    forgetPassages(tx, commentId),
  ]
}

function handOver(tx: Query, commentId: string): Statement[] {
  const { campaignId, identical, takenOut } = campaignMembers
  const successor = tx
    .select({ id: min(campaignMembers.commentId) })
    .from(campaignMembers)
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .where(
      and(
        eq(campaignId, campaigns.id),
        ne(campaignMembers.commentId, commentId),
        eq(identical, true),
        eq(takenOut, false),
        // One that was revised since it was compared says something else now.
        isNotNull(comments.comparedAt),
      ),
    )
  const present = tx
    .select({ id: campaigns.representativeId })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignId))
    .where(eq(campaignMembers.commentId, commentId))
  const presentNumber = tx
    .select({ number: comments.number })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignId))
    .innerJoin(comments, eq(comments.id, campaigns.representativeId))
    .where(eq(campaignMembers.commentId, commentId))
  const own = tx.select({ number: comments.number }).from(comments).where(eq(comments.id, commentId))
  return [
    tx
      .update(campaigns)
      .set({ representativeId: sql`${successor}` })
      .where(and(eq(campaigns.representativeId, commentId), sql`${successor} is not null`)),
    tx
      .update(fingerprintBands)
      .set({ commentId: sql`${present}` })
      .where(and(eq(fingerprintBands.commentId, commentId), sql`${present} is not null`)),
    tx
      .update(passages)
      .set({ commentNumber: sql`${presentNumber}` })
      .where(and(inArray(passages.commentNumber, own), sql`${presentNumber} is not null`)),
  ]
}
