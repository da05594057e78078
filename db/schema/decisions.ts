import { index, instant, integer, table, text, uniqueIndex } from '../columns.ts'
import { staff } from './staff.ts'
import { comments } from './submissions.ts'

/** 审核决定: one moderator's ruling on one version of a comment. One per round of review: the unique index is the race's guard. */
export const decisions = table(
  'decisions',
  {
    id: text('id').primaryKey(),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    review: integer('review').notNull(),
    version: integer('version').notNull(),
    admission: text('admission').notNull(),
    publication: text('publication').notNull(),
    reason: text('reason'),
    note: text('note'),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('decisions_review').on(t.commentId, t.review),
    index('decisions_staff').on(t.staffId, t.createdAt),
  ],
)
