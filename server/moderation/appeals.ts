import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { decisionsOn } from '../../db/queries/moderation/decisions.ts'
import { appealHeard, tookPart } from '../../db/queries/moderation/reviews.ts'
import { votesOn } from '../../db/queries/moderation/votes.ts'
import { countWithRole, type Member } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from '../plugins/page-error.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import { answerForm, type Ruling, type TypedDecision } from '../rules/moderation/decision-form.ts'
import { hasRole } from '../rules/staff/roles.ts'
import type { FieldError } from '../rules/typed.ts'

/**
 * Why somebody who moderates or approves may not decide on a comment; null where they may. An appeal is never heard by
 * somebody who took part in a decision on it; an approver hears it only where no other moderator is left. Otherwise
 * moderators decide, and approvers do not.
 */
export async function barredFrom(
  { db }: Dependencies,
  comment: CommentToJudge,
  member: Member,
): Promise<string | null> {
  const isModerator = hasRole(member.grants, ['moderator'], comment.consultationId)
  if (!(await appealHeard(db, comment))) return isModerator ? null : '这条意见由审核员决定。'
  const before = await tookPart(db, comment)
  if (before.has(member.id)) return '提出人对原来的决定申请了复核，须由没有参加过原决定的人办理。'
  if (isModerator) return null
  const now = (await votesOn(db, comment)).map(({ staffId }) => staffId)
  const left = await countWithRole(db, 'moderator', comment.consultationId, new Set([...before, ...now]))
  return left > 0 ? '还有没有参加过原决定的审核员，这次复核由他们办理。' : null
}

/** @throws PageError 403 where they are barred from deciding on the comment */
export async function refuseWhoIsBarred(
  deps: Dependencies,
  comment: CommentToJudge,
  member: Member,
): Promise<void> {
  const advice = await barredFrom(deps, comment, member)
  if (advice) throw new PageError(403, 'not_yours', '这条意见不能由您决定', advice)
}

/** What becomes of an appeal by this ruling, and what its author is told; nothing where none is heard. */
export async function appealRuling(
  { db }: Dependencies,
  comment: CommentToJudge,
  ruling: Ruling,
  typed: TypedDecision,
): Promise<{ outcome: { outcome: 'upheld' | 'granted'; answer: string } | null; errors: FieldError[] }> {
  if (!(await appealHeard(db, comment))) return { outcome: null, errors: [] }
  const { values, errors } = answerForm.read(typed)
  if (!values) return { outcome: null, errors }
  const [before] = await decisionsOn(db, comment.id)
  const same =
    before !== undefined &&
    stateAfter(before.decision.admission, before.decision.publication) ===
      stateAfter(ruling.admission, ruling.publication)
  return { outcome: { outcome: same ? 'upheld' : 'granted', ...values }, errors: [] }
}
