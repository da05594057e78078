import { and, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { Database } from '../../database.ts'
import { campaignMembers, campaigns, comments, responseComments } from '../../schema/index.ts'

/** An admitted copy that differs from the first comment of its campaign. */
export interface DifferingCopy {
  campaignId: string
  /** What the first says, and what this one does. */
  first: string
  body: string
  /** Something that it says has no answer. */
  isUnanswered: boolean
  /** The answer to all of it; null where it has none, or was parted into points. */
  responseId: string | null
}

/** So many members are looked through, and so many of those that differ are read. */
const mostMembers = 5000
const mostCopies = 100

/** The first copies of these campaigns that differ from the first of each, and whether there may be more. */
export async function differingCopies(
  db: Database,
  campaignIds: string[],
): Promise<{ copies: DifferingCopy[]; more: boolean }> {
  if (campaignIds.length === 0) return { copies: [], more: false }
  const { campaignId, commentId, identical, takenOut } = campaignMembers
  const members = await db.slow
    .select({ commentId, identical })
    .from(campaignMembers)
    .where(and(inArray(campaignId, campaignIds), eq(takenOut, false)))
    .limit(mostMembers)
  const differing = members.flatMap(({ commentId, identical }) => (identical ? [] : [commentId]))
  const first = alias(comments, 'first_comment')
  const rows = await db.slow
    .select({
      campaignId,
      first: first.body,
      body: comments.body,
      answered: comments.answered,
      responseId: responseComments.responseId,
    })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignId))
    .innerJoin(first, eq(first.id, campaigns.representativeId))
    .innerJoin(comments, eq(comments.id, commentId))
    .leftJoin(responseComments, eq(responseComments.commentId, commentId))
    .where(
      and(inArray(commentId, differing.slice(0, mostCopies)), inArray(comments.state, [...admittedStates])),
    )
  return {
    copies: rows.map(({ answered, ...copy }) => ({ ...copy, isUnanswered: answered === 'none' })),
    more: members.length === mostMembers || differing.length > mostCopies,
  }
}
