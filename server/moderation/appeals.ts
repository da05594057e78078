import type { Database } from '../../db/database.ts'
import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { decisionsOn } from '../../db/queries/moderation/decisions.ts'
import { type Appeal, appealHeard, tookPart } from '../../db/queries/moderation/reviews.ts'
import { type Vote, votesOn } from '../../db/queries/moderation/votes.ts'
import { countWithRole, type Member } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from '../plugins/page-error.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import type { Ruling } from '../rules/moderation/decision-form.ts'
import { hasRole } from '../rules/staff/roles.ts'

/** How the present round of review of a comment is heard. */
export interface Hearing {
  /** The citizen's appeal that it hears; null where it hears none. */
  appeal: Appeal | null
  /** What moderators hold of it where two have to agree. */
  votes: Vote[]
  /** Why somebody who moderates or approves may not decide; null where they may. */
  barred: string | null
}

/** What of a comment is heard. */
type Heard = Pick<CommentToJudge, 'id' | 'consultationId' | 'review' | 'version'>

/** How a comment is heard, for this member of staff. */
export async function hearingOf(
  { db }: Pick<Dependencies, 'db'>,
  comment: Heard,
  member: Member,
): Promise<Hearing> {
  const [appeal, votes] = await Promise.all([appealHeard(db, comment), votesOn(db, comment)])
  return { appeal, votes, barred: await barredFrom(db, comment, member, { appeal, votes }) }
}

/**
 * An appeal is never heard by somebody who took part in a decision on it; an approver hears it only where no other
 * moderator is left. Otherwise moderators decide, and approvers do not.
 */
async function barredFrom(
  db: Database,
  comment: Heard,
  { id, grants }: Member,
  { appeal, votes }: Pick<Hearing, 'appeal' | 'votes'>,
): Promise<string | null> {
  const { consultationId } = comment
  if (!hasRole(grants, ['moderator', 'approver'], consultationId)) return null
  const isModerator = hasRole(grants, ['moderator'], consultationId)
  if (!appeal) return isModerator ? null : '这条意见由审核员决定。'
  const before = await tookPart(db, comment)
  if (before.has(id)) return '提出人对原来的决定申请了复核，须由没有参加过原决定的人办理。'
  if (isModerator) return null
  const now = votes.map(({ staffId }) => staffId)
  const left = await countWithRole(db, 'moderator', consultationId, new Set([...before, ...now]))
  return left > 0 ? '还有没有参加过原决定的审核员，这次复核由他们办理。' : null
}

/** How a comment is heard, for who may decide on it. @throws PageError 403 where they are barred from that */
export async function hearingBy(
  deps: Dependencies,
  comment: CommentToJudge,
  member: Member,
): Promise<Hearing> {
  const hearing = await hearingOf(deps, comment, member)
  if (hearing.barred) throw new PageError(403, 'not_yours', '这条意见不能由您决定', hearing.barred)
  return hearing
}

/** What becomes of an appeal by this ruling: whether it changes what was decided before. */
export async function appealOutcome(
  { db }: Dependencies,
  comment: CommentToJudge,
  ruling: Ruling,
): Promise<'upheld' | 'granted'> {
  const [before] = await decisionsOn(db, comment.id)
  const same =
    before !== undefined &&
    stateAfter(before.decision.admission, before.decision.publication) ===
      stateAfter(ruling.admission, ruling.publication)
  return same ? 'upheld' : 'granted'
}
