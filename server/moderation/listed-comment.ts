import type { QueuedComment } from '../../db/queries/moderation/queued-comments.ts'
import type { Member } from '../../db/queries/staff/staff.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { nameOf, stanceNames, stateNames, wholeDraft, wholeDraftName } from '../rules/names.ts'
import { hasRole } from '../rules/staff/roles.ts'
import { excerpt } from '../text/words/sentences.ts'

/** A comment as the queue lists it. */
export interface ListedComment {
  publicId: string
  clause: string
  stance: string
  /** When it came in; of what is decided, when that was. */
  receivedAt: string
  excerpt: string
  tags: { name: string; kind: 'late' | 'personal' | 'campaign' | 'flagged' | 'claim' }[]
  current: boolean
  /** Whether it may be claimed, and ticked for a bulk; others open it to read. */
  mayClaim: boolean
}

export const excerptLength = 60

/** @param open the public id of the comment that is open beside the list */
export function listedComment(row: QueuedComment, me: Member, open: string | null, now: Date): ListedComment {
  const state = row.state === 'pending' ? [] : [nameOf(stateNames, row.state)]
  return {
    publicId: row.publicId,
    clause: row.clause === wholeDraft ? wholeDraftName : (row.label ?? row.citation ?? row.clause),
    stance: [nameOf(stanceNames, row.stance), ...state].join(' · '),
    receivedAt: row.decidedAt ? `${shanghaiMinute(row.decidedAt)} 决定` : shanghaiMinute(row.createdAt),
    excerpt: excerpt(row.body, excerptLength),
    tags: tagsOf(row, me.id, now),
    current: row.publicId === open,
    mayClaim: hasRole(me.grants, ['moderator'], row.consultationId),
  }
}

function tagsOf(row: QueuedComment, me: string, now: Date): ListedComment['tags'] {
  const tags: ListedComment['tags'] = []
  if (row.claimedUntil) {
    const left = Math.max(1, Math.ceil((row.claimedUntil.getTime() - now.getTime()) / 60_000))
    const name = row.claimedBy === me ? `我认领 · 余 ${left} 分` : `${row.claimant} 认领`
    tags.push({ name, kind: 'claim' })
  }
  if (row.afterClosing) tags.push({ name: '逾期', kind: 'late' })
  if (row.unhandled) tags.push({ name: `个人信息 ${row.unhandled}`, kind: 'personal' })
  if (row.campaignCount) tags.push({ name: `同类 ${row.campaignCount}`, kind: 'campaign' })
  for (const word of row.flagged ?? []) tags.push({ name: word, kind: 'flagged' })
  return tags
}
