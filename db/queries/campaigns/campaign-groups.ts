import { and, asc, count, eq, gt, inArray, min, or, type SQL } from 'drizzle-orm'
import type { ReadingFilters } from '../../../server/rules/comments/reading-filters.ts'
import type { Database } from '../../database.ts'
import {
  campaignMembers,
  campaigns,
  comments,
  responseComments,
  responses,
  submissions,
} from '../../schema/index.ts'
import type { ReadingOrder } from '../comments/reading.ts'
import { readingConditions } from '../comments/reading-conditions.ts'

/** Which comments a paper is about. */
export interface ChosenComments {
  consultationId: string
  states: readonly string[]
  filters: ReadingFilters
}

/** Comments of one campaign on one clause that got the same approved answer, or none: one row of a paper. */
interface CampaignGroup {
  campaignId: string
  /** The one that came first, which stands for all. */
  firstId: string
  count: number
}

/** The groups on one clause. */
export async function campaignGroups(
  db: Database,
  chosen: ChosenComments,
  clause: string,
): Promise<CampaignGroup[]> {
  const { campaignId } = campaignMembers
  const rows = await db.query
    .select({ campaignId, firstId: min(comments.id), count: count() })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignId))
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .leftJoin(responseComments, eq(responseComments.commentId, comments.id))
    .leftJoin(responses, and(eq(responses.id, responseComments.responseId), eq(responses.state, 'approved')))
    .where(and(standing(db, chosen), eq(comments.clause, clause)))
    .groupBy(campaignId, responses.id)
  return rows.flatMap(({ firstId, ...row }) => (firstId === null ? [] : [{ ...row, firstId }]))
}

/** Of these comments, those that stand in a campaign. @param commentIds at most a page of them (1,000) */
export async function inCampaigns(db: Database, commentIds: string[]): Promise<Set<string>> {
  if (commentIds.length === 0) return new Set()
  const rows = await db.query
    .select({ id: campaignMembers.commentId })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
    .where(and(inArray(campaignMembers.commentId, commentIds), joined))
  return new Set(rows.map(({ id }) => id))
}

/** 第几组: the consultation's campaigns in the order in which they began. */
export async function campaignNumbers(db: Database, consultationId: string): Promise<Map<string, number>> {
  const rows = await db.query
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(eq(campaigns.consultationId, consultationId))
    .orderBy(asc(campaigns.createdAt), asc(campaigns.id))
  return new Map(rows.map(({ id }, i) => [id, i + 1]))
}

/** A comment in the list behind a campaign. */
export type ListedMember = Awaited<ReturnType<typeof membersOf>>[number]

/** A page of the comments that stand in campaigns, campaign after campaign, after the given one. */
export function membersOf(
  db: Database,
  chosen: ChosenComments,
  order: ReadingOrder,
  after: { campaignId: string; id: string; publicId: string } | null,
  limit: number,
) {
  const { campaignId, similarity, identical } = campaignMembers
  const { id, publicId, clause, state, body, createdAt } = comments
  const { receiptNumber, maskedName } = submissions
  const place = order === 'arrival' ? 'id' : 'publicId'
  return db.query
    .select({
      campaignId,
      similarity,
      identical,
      id,
      publicId,
      clause,
      state,
      body,
      createdAt,
      receiptNumber,
      maskedName,
      representativeId: campaigns.representativeId,
    })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignId))
    .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(
      and(
        standing(db, chosen),
        after
          ? or(
              gt(campaignId, after.campaignId),
              and(eq(campaignId, after.campaignId), gt(comments[place], after[place])),
            )
          : undefined,
      ),
    )
    .orderBy(asc(campaignId), asc(comments[place]))
    .limit(limit)
}

/** A campaign of one is none: its others were taken out. */
const joined = and(eq(campaignMembers.takenOut, false), gt(campaigns.count, 1))

function standing(db: Database, { consultationId, states, filters }: ChosenComments): SQL | undefined {
  return and(
    joined,
    eq(campaigns.consultationId, consultationId),
    readingConditions(db.query, consultationId, filters),
    inArray(comments.state, [...states]),
  )
}
