import type { CommentToJudge } from '../../db/queries/comment-to-judge.ts'
import { decisionsOn } from '../../db/queries/decisions.ts'
import { appealHeard, pastDeciders } from '../../db/queries/reviews.ts'
import type { Member } from '../../db/queries/staff.ts'
import { countWithRole } from '../../db/queries/staff-roles.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from '../plugins/page-error.ts'
import { stateAfter } from '../rules/comment-states.ts'
import { longestNote, type Ruling } from '../rules/decision-form.ts'
import { hasRole } from '../rules/roles.ts'
import { type FieldError, textProblem, typedText } from '../rules/typed.ts'

/**
 * An appeal is never heard by somebody who decided on the comment; an approver hears it only where every moderator did.
 * Otherwise moderators decide, and approvers do not.
 * @throws PageError 403
 */
export async function refuseWhoDecided(
  { db }: Dependencies,
  comment: CommentToJudge,
  member: Member,
): Promise<void> {
  const isModerator = hasRole(member.grants, ['moderator'], comment.consultationId)
  if (!(await appealHeard(db, comment))) {
    if (!isModerator) throw notYours('这条意见由审核员决定。')
    return
  }
  const deciders = await pastDeciders(db, comment.id)
  if (deciders.has(member.id)) {
    throw notYours('提出人对原来的决定申请了复核，须由没有参加过原决定的人办理。')
  }
  if (isModerator) return
  const uninvolved = await countWithRole(db, 'moderator', comment.consultationId, deciders)
  if (uninvolved > 0) throw notYours('还有没有参加过原决定的审核员，这次复核由他们办理。')
}

/** What becomes of an appeal by this ruling, and what its author is told; nothing where none is heard. */
export async function appealRuling(
  { db }: Dependencies,
  comment: CommentToJudge,
  ruling: Ruling,
  form: unknown,
): Promise<{ outcome: { outcome: 'upheld' | 'granted'; answer: string } | null; errors: FieldError[] }> {
  if (!(await appealHeard(db, comment))) return { outcome: null, errors: [] }
  const answer = typedText(form, 'answer')
  const problem = textProblem(answer, { name: '复核答复', required: true, most: longestNote })
  if (problem) return { outcome: null, errors: [{ field: 'answer', message: problem }] }
  const [before] = await decisionsOn(db, comment.id)
  const same =
    before !== undefined &&
    stateAfter(before.decision.admission, before.decision.publication) ===
      stateAfter(ruling.admission, ruling.publication)
  return { outcome: { outcome: same ? 'upheld' : 'granted', answer }, errors: [] }
}

function notYours(advice: string): PageError {
  return new PageError(403, 'not_yours', '这条意见不能由您决定', advice)
}
