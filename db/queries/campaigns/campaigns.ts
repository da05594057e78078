import { and, asc, count, desc, eq, gt, gte, inArray, max, min, sql, sum } from 'drizzle-orm'
import { alike } from '../../../server/text/comparing/fingerprints.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { campaignMembers, campaigns, comments, consultations } from '../../schema/index.ts'
import { texted } from './grouping.ts'

/** The campaigns of these consultations, the largest first. */
export async function campaignsOf(db: Database, consultationIds: string[], most: number) {
  if (consultationIds.length === 0) return []
  return db.query
    .select({
      id: campaigns.id,
      count: campaigns.count,
      body: comments.body,
      clause: comments.clause,
      title: consultations.title,
    })
    .from(campaigns)
    .innerJoin(comments, eq(comments.id, campaigns.representativeId))
    .innerJoin(consultations, eq(consultations.id, campaigns.consultationId))
    .where(and(inArray(campaigns.consultationId, consultationIds), gt(campaigns.count, 1)))
    .orderBy(desc(campaigns.count), asc(campaigns.id))
    .limit(most)
}

/** How many campaigns a consultation has, and how many comments stand in them. */
export async function campaignTotals(
  db: Database,
  consultationId: string,
): Promise<{ campaigns: number; comments: number }> {
  const [row] = await db.slow
    .select({ campaigns: count(), comments: sum(campaigns.count).mapWith(Number) })
    .from(campaigns)
    .where(and(eq(campaigns.consultationId, consultationId), gt(campaigns.count, 1)))
  return { campaigns: row?.campaigns ?? 0, comments: row?.comments ?? 0 }
}

/** A campaign with its representative; null where there is none. */
export async function findCampaign(db: Database, id: string) {
  const [row] = await db.query
    .select({ ...texted, campaignId: campaigns.id, count: campaigns.count, state: comments.state })
    .from(campaigns)
    .innerJoin(comments, eq(comments.id, campaigns.representativeId))
    .where(eq(campaigns.id, id))
  return row ?? null
}

/** The campaign in which a comment stands, and how like its first one it is; null where it is like no other. */
export async function campaignOf(
  db: Database,
  commentId: string,
): Promise<{ id: string; count: number; similarity: number; representative: string } | null> {
  const [row] = await db.query
    .select({
      id: campaigns.id,
      count: campaigns.count,
      similarity: campaignMembers.similarity,
      representative: comments.body,
    })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
    .innerJoin(comments, eq(comments.id, campaigns.representativeId))
    .where(and(eq(campaignMembers.commentId, commentId), eq(campaignMembers.takenOut, false)))
  return row && row.count > 1 ? row : null
}

/** A copy of which most is the letter; in others most is their senders' own, and they were found by passages. */
export const isNearlyTheLetter = gte(campaignMembers.similarity, Math.round(alike * 1000))

const members = (campaignId: string) =>
  and(eq(campaignMembers.campaignId, campaignId), eq(campaignMembers.takenOut, false))

/** When a campaign's comments came, how many are the same to the letter, and by how many submissions they came. */
export async function campaignFigures(db: Database, campaignId: string) {
  const [row] = await db.slow
    .select({
      first: min(comments.createdAt),
      last: max(comments.createdAt),
      submissions: sql`count(distinct ${comments.submissionId})`.mapWith(Number),
      identical: sql`sum(case when ${campaignMembers.identical} then 1 else 0 end)`.mapWith(Number),
      pending: sql`sum(case when ${comments.state} = 'pending' then 1 else 0 end)`.mapWith(Number),
      ownPending:
        sql`sum(case when ${comments.state} = 'pending' and not ${isNearlyTheLetter} then 1 else 0 end)`.mapWith(
          Number,
        ),
    })
    .from(campaignMembers)
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .where(members(campaignId))
  return row ?? null
}

/** A page of a campaign's other copies, those that differ first, after the comment with this public id. */
export function campaignCopies(
  db: Database,
  { campaignId, id }: { campaignId: string; id: string },
  after: string | null,
  size: number,
) {
  return db.query
    .select({
      ...texted,
      publicId: comments.publicId,
      state: comments.state,
      createdAt: comments.createdAt,
      similarity: campaignMembers.similarity,
    })
    .from(campaignMembers)
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .where(
      and(
        members(campaignId),
        eq(campaignMembers.identical, false),
        sql`${comments.id} <> ${id}`,
        after === null ? undefined : sql`${comments.id} > (${innerId(db, after)})`,
      ),
    )
    .orderBy(asc(comments.id))
    .limit(size)
}

function innerId({ query }: Database, publicId: string) {
  return query.select({ id: comments.id }).from(comments).where(eq(comments.publicId, publicId))
}

/**
 * Takes a single comment out of its campaign; it keeps its receipt, its state and everything else.
 * @throws Refused where it does not stand in it
 */
export async function takeOut(db: Database, campaignId: string, commentId: string, act: Act): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(campaignMembers)
        .set({ takenOut: true })
        .where(and(members(campaignId), eq(campaignMembers.commentId, commentId)))
        .returning({ id: campaignMembers.commentId }),
    ),
    tx
      .update(campaigns)
      .set({ count: sql`${campaigns.count} - 1` })
      .where(eq(campaigns.id, campaignId)),
    logAct(tx, act, 'campaign.take_out', commentId, { campaign: campaignId }),
  ])
}
