import type { Database } from '../../db/database.ts'
import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { wordsOfVersion } from '../../db/queries/moderation/reviews.ts'
import { type Difference, differences } from '../text/comparing/differences.ts'

/** What its author changed of one text of a comment. */
export interface Change {
  name: string
  differences: Difference[]
}

/** What of a comment reads otherwise now than in this version; null where it is that version still, or nothing is known of it. */
export async function changesSince(
  db: Database,
  comment: CommentToJudge,
  version: number,
): Promise<Change[] | null> {
  if (!(version < comment.version)) return null
  const before = await wordsOfVersion(db, comment.id, version)
  if (!before) return null
  const texts = [
    { name: '意见', was: before.body, is: comment.body },
    { name: '修改后的表述', was: before.wording ?? '', is: comment.wording ?? '' },
  ]
  return texts
    .filter(({ was, is }) => was !== is)
    .map(({ name, was, is }) => ({ name, differences: differences(was, is) }))
}
