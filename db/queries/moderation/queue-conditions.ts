import { and, eq, gt, inArray, isNull, lt, lte, notExists, type SQL, sql } from 'drizzle-orm'
import { shanghaiDay } from '../../../server/rules/days.ts'
import type { Reads } from '../../atomically.ts'
import { appeals, campaignMembers, claims, comments, examinations, intakes } from '../../schema/index.ts'
import { found } from '../../search.ts'
import { isNearlyTheLetter } from '../campaigns/campaigns.ts'
import { isDue } from './due-decisions.ts'

/** What the queue is narrowed to; null and false do not narrow. */
export interface QueueFilters {
  /** The ids of the consultations that the moderator may see, or has chosen. */
  consultationIds: string[]
  state: string
  clause: string | null
  stance: string | null
  /** Has spans that nobody has judged. */
  personal: boolean
  campaign: boolean
  /** One campaign's comments. */
  group: string | null
  /** Of campaigns only what is nearly the letter, without those most of which is their senders' own. */
  alike: boolean
  appealed: boolean
  /** 逾期: came after closing. */
  afterClosing: boolean
  /** Came in before this moment. */
  late: Date | null
  /** Claimed by this member of staff. */
  mine: string | null
  /** One of these, by their inner ids. */
  among: string[] | null
  /** What it says. */
  words: string | null
}

/** Everything that waits in these consultations. */
export function waitingIn(consultationIds: string[]): QueueFilters {
  return {
    consultationIds,
    state: 'pending',
    clause: null,
    stance: null,
    personal: false,
    campaign: false,
    group: null,
    alike: false,
    appealed: false,
    afterClosing: false,
    late: null,
    mine: null,
    among: null,
    words: null,
  }
}

/**
 * What a comment of the queue fulfils. What few comments have is asked for by the list of those, which is short or has an
 * index of its own, so that neither engine looks at every comment that waits.
 */
export function queueConditions(query: Reads, filters: QueueFilters, now: Date): (SQL | undefined)[] {
  const { consultationIds, state, clause, stance, late, mine, group, among, words } = filters
  const { personal, campaign, alike, appealed, afterClosing } = filters
  return [
    eq(comments.state, state),
    notExists(isDue(query, comments.id)),
    inArray(comments.consultationId, consultationIds),
    clause === null ? undefined : eq(comments.clause, clause),
    stance === null ? undefined : eq(comments.stance, stance),
    // The day besides, since the queue's indexes stand by it.
    late === null ? undefined : lte(comments.createdDay, shanghaiDay(late)),
    late === null ? undefined : lt(comments.createdAt, late),
    personal ? inArray(comments.id, withPersonalData(query)) : undefined,
    campaign || group !== null ? inArray(comments.id, inCampaigns(query, group, alike)) : undefined,
    appealed ? inArray(comments.id, underAppeal(query, state)) : undefined,
    afterClosing ? inArray(comments.id, afterTheEnd(query)) : undefined,
    mine === null ? undefined : inArray(comments.id, claimedBy(query, mine, now)),
    among === null ? undefined : inArray(comments.id, among),
    words === null ? undefined : found('staff', comments.number, words),
  ]
}

function withPersonalData(query: Reads) {
  return query
    .select({ id: examinations.commentId })
    .from(examinations)
    .where(sql`${examinations.unhandled} > 0`)
}

function inCampaigns(query: Reads, group: string | null, isAlike: boolean) {
  const { commentId, campaignId, takenOut } = campaignMembers
  return query
    .select({ id: commentId })
    .from(campaignMembers)
    .where(
      and(
        eq(takenOut, false),
        group === null ? undefined : eq(campaignId, group),
        isAlike ? isNearlyTheLetter : undefined,
      ),
    )
}

/** What waits for its appeal to be heard; of what does not wait, all that was appealed. */
function underAppeal(query: Reads, state: string) {
  return query
    .select({ id: appeals.commentId })
    .from(appeals)
    .where(state === 'pending' ? isNull(appeals.outcome) : undefined)
}

/** By the comments' ids, since without statistics SQLite follows a list of submissions from the wrong end. */
function afterTheEnd(query: Reads) {
  const late = query.select({ id: intakes.submissionId }).from(intakes).where(sql`${intakes.late}`)
  return query.select({ id: comments.id }).from(comments).where(inArray(comments.submissionId, late))
}

function claimedBy(query: Reads, staffId: string, now: Date) {
  return query
    .select({ id: claims.commentId })
    .from(claims)
    .where(and(eq(claims.staffId, staffId), gt(claims.until, now)))
}
