import { setImmediate as others } from 'node:timers/promises'
import { inArray } from 'drizzle-orm'
import {
  type CommentText,
  proposedSpans,
  redacted,
  withAllHidden,
} from '../../../server/rules/moderation/redactions.ts'
import { wordsGone } from '../../../server/rules/names.ts'
import type { Database } from '../../database.ts'
import { examinations } from '../../schema/index.ts'

interface Read extends CommentText {
  id: string
  state: string
  version: number
}

/**
 * The same comments for whoever may not see originals: the personal data that is found in those that nobody has decided
 * on is covered, as a decision will do for good. What a moderator has looked at and shown meanwhile stays to be read.
 * @param comments at most a page of them (1,000)
 */
export async function covered<Comment extends Read>(db: Database, comments: Comment[]): Promise<Comment[]> {
  const told = comments.map((comment) =>
    comment.body === '' ? { ...comment, body: wordsGone(comment.state) } : comment,
  )
  const ids = told.filter(isUndecided).map(({ id }) => id)
  if (ids.length === 0) return told
  const { commentId, version, spans } = examinations
  const rows = await db.query
    .select({ commentId, version, spans })
    .from(examinations)
    .where(inArray(commentId, ids))
  const examined = new Map(rows.map((row) => [`${row.commentId} ${row.version}`, row.spans]))
  const read: Comment[] = []
  for (const comment of told) {
    if (!isUndecided(comment)) {
      read.push(comment)
      continue
    }
    const kept = examined.get(`${comment.id} ${comment.version}`)
    // Some milliseconds each at worst: between two of them everybody else gets a turn.
    if (!kept) await others()
    read.push({ ...comment, ...redacted(comment, withAllHidden(kept ?? proposedSpans(comment))) })
  }
  return read
}

/** What no moderator has decided on still reads as its author wrote it, also what was withdrawn and is not erased yet. */
function isUndecided({ state }: Read): boolean {
  return state === 'pending' || state === 'withdrawn'
}
