import { index, instant, integer, table, text } from '../../columns.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'

/**
 * 申请复核: once per comment, heard by somebody who has not decided on it. `review` is the round that it opened; who
 * decided in it and when stands with the decision of that round.
 */
export const appeals = table(
  'appeals',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    /** What the citizen says; may be empty. */
    grounds: text('grounds').notNull(),
    review: integer('review').notNull(),
    createdAt: instant('created_at').notNull(),
    /** upheld (the decision stands) or granted (it is changed); null while it waits. */
    outcome: text('outcome'),
    /** What the citizen is told. */
    answer: text('answer'),
  },
  (t) => [index('appeals_waiting').on(t.outcome, t.createdAt)],
)

/** Why a decided comment is looked at again; `review` is the round that it opened. */
export const reopenings = table(
  'reopenings',
  {
    id: text('id').primaryKey(),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    review: integer('review').notNull(),
    reason: text('reason').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('reopenings_comment').on(t.commentId, t.review)],
)
