import { index, instant, table, text } from '../../columns.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'

/** 认领: who is judging a comment now; over when `until` has passed. */
export const claims = table(
  'claims',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    until: instant('until').notNull(),
  },
  (t) => [index('claims_staff').on(t.staffId, t.until)],
)
