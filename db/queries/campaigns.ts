import { and, asc, desc, eq, gt, inArray, max, min, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Database, must } from '../open.ts'
import {
  campaignMembers,
  campaigns,
  comments,
  consultations,
  fingerprintBands,
  log,
} from '../schema/index.ts'
import { answerAlike } from './alike-answers.ts'

export interface Texted {
  id: string
  number: number
  consultationId: string
  body: string
}

const texted = {
  id: comments.id,
  number: comments.number,
  consultationId: comments.consultationId,
  body: comments.body,
}

/** Comments after this number, in order. */
export function commentsAfter(db: Database, number: number, most: number): Promise<Texted[]> {
  return db.query
    .select(texted)
    .from(comments)
    .where(gt(comments.number, number))
    .orderBy(asc(comments.number))
    .limit(most)
}

/** Of these comments, those that have been compared before. */
export async function comparedBefore(db: Database, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const [singles, members] = await Promise.all([
    db.query
      .selectDistinct({ id: fingerprintBands.commentId })
      .from(fingerprintBands)
      .where(inArray(fingerprintBands.commentId, ids)),
    db.query
      .select({ id: campaignMembers.commentId })
      .from(campaignMembers)
      .where(inArray(campaignMembers.commentId, ids)),
  ])
  return new Set([...singles, ...members].map(({ id }) => id))
}

/** The comments that may be alike: they share a band, and stand for themselves or for a campaign. */
export function sharingABand(db: Database, consultationId: string, bands: string[]) {
  return db.query
    .selectDistinct({ ...texted, campaignId: campaigns.id })
    .from(fingerprintBands)
    .innerJoin(comments, eq(comments.id, fingerprintBands.commentId))
    .leftJoin(campaigns, eq(campaigns.representativeId, comments.id))
    .where(and(eq(fingerprintBands.consultationId, consultationId), inArray(fingerprintBands.band, bands)))
}

/** Keeps the fingerprint of a comment that is like no other yet. */
export async function keepBands(db: Database, comment: Texted, bands: string[]): Promise<void> {
  const { id: commentId, consultationId } = comment
  await db.query
    .insert(fingerprintBands)
    .values(bands.map((band) => ({ commentId, consultationId, band })))
    .onConflictDoNothing()
}

export interface Likeness {
  similarity: number
  identical: boolean
}

/** Puts a comment into the campaign of the one that it is like; where that stands alone, it begins one. */
export async function joinCampaign(
  db: Database,
  comment: Texted,
  representative: Texted & { campaignId: string | null },
  { similarity, identical }: Likeness,
  now: Date,
): Promise<void> {
  const campaignId = representative.campaignId ?? uuid()
  const member = { campaignId, takenOut: false }
  const joins = { ...member, commentId: comment.id, similarity: Math.round(similarity * 1000), identical }
  await db.atomically((tx) =>
    representative.campaignId
      ? [
          tx.insert(campaignMembers).values(joins),
          tx
            .update(campaigns)
            .set({ count: sql`${campaigns.count} + 1` })
            .where(eq(campaigns.id, campaignId)),
          answerAlike(tx, comment.id),
        ]
      : [
          tx.insert(campaigns).values({
            id: campaignId,
            consultationId: comment.consultationId,
            representativeId: representative.id,
            count: 2,
            createdAt: now,
          }),
          tx
            .insert(campaignMembers)
            .values([{ ...member, commentId: representative.id, similarity: 1000, identical: true }, joins]),
        ],
  )
}

export type ListedCampaign = Awaited<ReturnType<typeof campaignsOf>>[number]

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

const members = (campaignId: string) =>
  and(eq(campaignMembers.campaignId, campaignId), eq(campaignMembers.takenOut, false))

/** When a campaign's comments came, how many are the same to the letter, and by how many submissions they came. */
export async function campaignFigures(db: Database, campaignId: string) {
  const [row] = await db.query
    .select({
      first: min(comments.createdAt),
      last: max(comments.createdAt),
      submissions: sql`count(distinct ${comments.submissionId})`.mapWith(Number),
      identical: sql`sum(case when ${campaignMembers.identical} then 1 else 0 end)`.mapWith(Number),
      pending: sql`sum(case when ${comments.state} = 'pending' then 1 else 0 end)`.mapWith(Number),
    })
    .from(campaignMembers)
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .where(members(campaignId))
  return row ?? null
}

/** A page of a campaign's other copies, those that differ first, after the comment with this id. */
export function campaignCopies(
  db: Database,
  { campaignId, id }: { campaignId: string; id: string },
  after: string | null,
  size: number,
) {
  return db.query
    .select({
      ...texted,
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
        after === null ? undefined : gt(comments.id, after),
      ),
    )
    .orderBy(asc(comments.id))
    .limit(size)
}

/** Takes a single comment out of its campaign; it keeps its receipt, its state and everything else. */
export async function takeOut(
  db: Database,
  campaignId: string,
  commentId: string,
  staffId: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
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
    tx.insert(log).values({
      at: now,
      staffId,
      act: 'campaign.take_out',
      subject: commentId,
      detail: { campaign: campaignId },
    }),
  ])
}
