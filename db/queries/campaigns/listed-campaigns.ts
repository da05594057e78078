import { and, count, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { campaignMembers, campaigns, comments, consultations, rounds, units } from '../../schema/index.ts'

/** A campaign as it is listed. */
export interface ListedCampaign {
  id: string
  count: number
  /** How many of it wait to be judged. */
  pending: number
  body: string
  clause: string
  /** What the clause is called in its round; null where it is none of the draft's. */
  clauseName: string | null
  title: string
}

/**
 * A page of the campaigns of these consultations: those of which something waits before those that are finished, the
 * largest first.
 */
export async function listedCampaigns(
  db: Database,
  consultationIds: string[],
  { skip, most }: { skip: number; most: number },
): Promise<ListedCampaign[]> {
  if (consultationIds.length === 0) return []
  const [all, waiting] = await Promise.all([
    db.slow
      .select({ id: campaigns.id, count: campaigns.count })
      .from(campaigns)
      .where(and(inArray(campaigns.consultationId, consultationIds), gt(campaigns.count, 1))),
    pendingByCampaign(db, consultationIds),
  ])
  const isFinished = ({ id }: { id: string }) => Number(!waiting.has(id))
  const page = all
    .sort((a, b) => isFinished(a) - isFinished(b) || b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(skip, skip + most)
    .map(({ id }) => id)
  const rows = page.length === 0 ? [] : await described(db, page)
  const known = new Map(rows.map((row) => [row.id, row]))
  return page.flatMap((id) => {
    const row = known.get(id)
    return row ? { ...row, pending: waiting.get(id) ?? 0 } : []
  })
}

async function pendingByCampaign(
  { slow }: Database,
  consultationIds: string[],
): Promise<Map<string, number>> {
  const { campaignId, commentId, takenOut } = campaignMembers
  const rows = await slow
    .select({ id: campaignId, count: count() })
    .from(campaignMembers)
    .innerJoin(comments, eq(comments.id, commentId))
    .where(
      and(
        eq(takenOut, false),
        eq(comments.state, 'pending'),
        inArray(comments.consultationId, consultationIds),
      ),
    )
    .groupBy(campaignId)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

function described({ query }: Database, ids: string[]) {
  return query
    .select({
      id: campaigns.id,
      count: campaigns.count,
      body: comments.body,
      clause: comments.clause,
      clauseName: sql<string | null>`coalesce(${units.label}, ${units.citation})`,
      title: consultations.title,
    })
    .from(campaigns)
    .innerJoin(comments, eq(comments.id, campaigns.representativeId))
    .innerJoin(consultations, eq(consultations.id, campaigns.consultationId))
    .leftJoin(
      rounds,
      and(eq(rounds.consultationId, comments.consultationId), eq(rounds.number, comments.round)),
    )
    .leftJoin(units, and(eq(units.roundId, rounds.id), eq(units.key, comments.clause)))
    .where(inArray(campaigns.id, ids))
}
