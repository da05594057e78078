import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import type { Examination } from '../../db/queries/moderation/examinations.ts'
import type { Ruling } from '../rules/moderation/decision-form.ts'
import { unhandledCount } from '../rules/moderation/redactions.ts'
import type { FieldError } from '../rules/typed.ts'

/**
 * What keeps a comment from being published: its author's wish, or personal data that nobody has judged. `hide` in
 * the form is the number of found pieces that the moderator saw and hides by publishing.
 */
export function publicationErrors(
  comment: Pick<CommentToJudge, 'visibility'>,
  ruling: Pick<Ruling, 'publication'>,
  { spans }: Pick<Examination, 'spans'>,
  { hide }: { hide: string },
): FieldError[] {
  if (ruling.publication !== 'published') return []
  if (comment.visibility === 'office') {
    return [{ field: 'publication', message: '提出人要求只供起草单位参考，这条意见不能公开' }]
  }
  const unhandled = unhandledCount(spans)
  if (unhandled === 0 || hide === String(unhandled)) return []
  return [
    {
      field: 'hide',
      message: `还有 ${unhandled} 处疑似个人信息没有处理，公开前请逐处确认，或者选“全部隐去并公开”`,
    },
  ]
}
