import { type CommentToJudge, keptCommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../db/queries/moderation/decisions.ts'
import { lapse } from '../../db/queries/moderation/due-decisions.ts'
import { type Examination, examinationOf } from '../../db/queries/moderation/examinations.ts'
import { type DueDecision, dueDecisionOn, dueNow } from '../../db/queries/moderation/kept-decisions.ts'
import { findMember } from '../../db/queries/staff/staff.ts'
import { repeatable } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { hasRole } from '../rules/staff/roles.ts'
import type { KindOfWork } from './work.ts'

/** So many are decided at once, which the database commits together. */
const together = 5

/** Has decisions take effect when the time in which they could be taken back is over. */
export const dueDeciding: KindOfWork = {
  name: 'due_decisions',
  batch: 50,
  waiting: ({ db, now }, most) => dueNow(db, now(), most),
  async work(deps, ids) {
    for (let done = 0; done < ids.length; done += together) {
      await Promise.all(ids.slice(done, done + together).map((id) => takeEffect(deps, id)))
    }
  },
}

/** By the same list as a decision without grace: once, whichever node does it, and not where something came in between. */
async function takeEffect(deps: Dependencies, id: string): Promise<void> {
  const { db, seals, now } = deps
  const due = await dueDecisionOn(db, seals, id)
  if (!due) return
  const comment = await keptCommentToJudge(db, id)
  const seen = comment && (await examinationOf(db, seals, comment))
  const why = comment && seen ? await whyNot(deps, due, comment, seen) : 'gone'
  if (why !== null || !comment || !seen) return repeatable(lapse(db, id, why ?? 'gone', now()))
  // Refused where something changed just now: where it still is due, the next step looks again.
  await repeatable(decide(db, seals, comment, due.ruling, seen, due, now(), true))
}

/** Why a decision takes no effect: what it was decided on has changed, or whoever decided may not any more. */
async function whyNot(
  { db }: Dependencies,
  due: DueDecision,
  comment: CommentToJudge,
  seen: Examination,
): Promise<string | null> {
  if (due.bulkState === 'revoked') return 'revoked'
  if (comment.state !== 'pending' || comment.review !== due.review) return 'decided'
  if (comment.version !== due.ruling.version) return 'revised'
  if (seen.revision !== due.revision) return 'marked'
  const member = await findMember(db, due.agreedBy ?? due.staffId)
  const mayDecide = member && hasRole(member.grants, ['moderator', 'approver'], comment.consultationId)
  return mayDecide ? null : 'no_role'
}
