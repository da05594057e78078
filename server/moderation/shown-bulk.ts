import type { Bulk } from '../../db/queries/moderation/bulks.ts'
import { queuedComments } from '../../db/queries/moderation/queued-comments.ts'
import type { Member } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiClock, shanghaiMinute } from '../rules/days.ts'
import { bulkStateNames, type Skipped, skipReasons } from '../rules/moderation/bulks.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import type { Reason } from '../rules/moderation/reasons.ts'
import { nameOf, stateNames } from '../rules/names.ts'
import { type ListedComment, listedComment } from './listed-comment.ts'

/** A bulk, as its pages name it. */
export interface ShownBulk {
  id: string
  outcome: string
  reason: string | null
  state: Bulk['state']
  stateName: string
  count: number
  position: number
  decided: number
  startedAt: string
  /** How many were left as they are, by the reason. */
  skips: { why: string; count: number }[]
  skippedCount: number
  /** When what it decided takes effect, where that is still to come. */
  dueAt: string | null
  /** Whether it changes by itself. */
  isGoingOn: boolean
  /** Whether something of it may stand that can be reopened. */
  mayReopen: boolean
  /** How many it skipped since their authors want the office alone to read them. */
  officeOnly: number
}

/** A comment that a bulk left as it is. */
export interface ShownSkip {
  why: string
  /** null where the moderator may no longer read it. */
  comment: ListedComment | null
}

/** What is shown of a bulk, with how far it has come. */
export function shownBulk(bulk: Bulk, reasons: readonly Reason[], now: Date): ShownBulk {
  const { id, ruling, state, comments, position, decided, createdAt, skipped, dueAt } = bulk
  const isDue = dueAt !== null && dueAt > now
  return {
    id,
    outcome: nameOf(stateNames, stateAfter(ruling.admission, ruling.publication)),
    reason: reasons.find(({ code }) => code === ruling.reason)?.name ?? null,
    state,
    stateName: nameOf(bulkStateNames, state),
    count: comments.length,
    position,
    decided,
    startedAt: shanghaiMinute(createdAt),
    skips: skipsOf(skipped),
    skippedCount: skipped.length,
    dueAt: isDue ? shanghaiClock(dueAt) : null,
    isGoingOn: isDue || state === 'running' || state === 'reopening',
    mayReopen: decided > 0 && ['done', 'stopped', 'revoked'].includes(state),
    officeOnly: skipped.filter(({ why }) => why === 'office_only').length,
  }
}

/** What is shown of comments that a bulk left as they are, to the member of staff whose bulk it is. */
export async function shownSkips(
  { db, now }: Dependencies,
  skipped: readonly Skipped[],
  member: Member,
): Promise<ShownSkip[]> {
  const rows = await queuedComments(
    db,
    skipped.map(({ id }) => id),
    now(),
  )
  const listed = new Map(rows.map((row) => [row.id, listedComment(row, member, null, now())]))
  return skipped.map(({ id, why }) => {
    const comment = listed.get(id)
    return { why: skipReasons[why], comment: comment?.mayClaim ? comment : null }
  })
}

function skipsOf(skipped: readonly Skipped[]): ShownBulk['skips'] {
  return Object.entries(skipReasons)
    .map(([why, name]) => ({ why: name, count: skipped.filter((one) => one.why === why).length }))
    .filter(({ count }) => count > 0)
}
