import { sql } from 'drizzle-orm'
import type { Arrangement } from '../../../server/rules/points/arrangement.ts'
import { boolean, index, instant, integer, json, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'

/**
 * 梳理: how far a comment has been parted into its points. One that is short and that nobody has parted has no row.
 * `waiting` is a long one that nobody has looked at (待梳理), `single` one of which somebody said 只有一条, `split` one that
 * has points. Everything below `revision` follows from the comment, its points and their answers, and is kept in the
 * lists that change those.
 */
export const splits = table(
  'splits',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    state: text('state').notNull(),
    /** Of the comment's body, in code points: the longest are worked first. */
    length: integer('length').notNull(),
    /** How many of its sentences lie in no point and in no passage that asks for nothing. */
    uncovered: integer('uncovered').notNull(),
    /** Its points before the last change, so that this can be undone; null where there is nothing to undo. */
    before: json<Arrangement>('before'),
    staffId: text('staff_id').references(() => staff.id),
    updatedAt: instant('updated_at').notNull(),
    /** Rises with every change; a change names the one it saw. */
    revision: integer('revision').notNull(),
    /** The comment is admitted, and somebody has still to part it. */
    isOpen: boolean('is_open').notNull(),
    /** How many of its points have no answer in any state, passages that a second person has yet to confirm included. */
    unanswered: integer('unanswered').notNull(),
    /** What became of the comment, once all its points have an approved answer: of all the same, or 部分采纳 of some. */
    outcome: text('outcome'),
  },
  (t) => [index('splits_open').on(t.consultationId, t.length, t.commentId).where(sql`is_open`)],
)
