import { index, instant, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'
import { bulks } from './bulks.ts'

/**
 * 撤销期: a decision that takes effect when its moment has come, unless it is taken back before. Until then its comment
 * waits, and nobody else is offered it. Once it has taken effect, or never will, the row is gone.
 */
export const dueDecisions = table(
  'due_decisions',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    /** Where the comment stands, so that it is taken off what is said to wait there. */
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    clause: text('clause').notNull(),
    stance: text('stance').notNull(),
    /** Whose act it was, and who may take it back. */
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    bulkId: text('bulk_id').references(() => bulks.id),
    /** What was decided, of what, and by whom, sealed: whoever may only write rows decides nothing. */
    ruling: text('ruling').notNull(),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
  },
  (t) => [
    index('due_decisions_due').on(t.dueAt),
    index('due_decisions_place').on(t.consultationId, t.clause, t.stance),
    index('due_decisions_staff').on(t.staffId, t.createdAt),
    index('due_decisions_bulk').on(t.bulkId),
  ],
)
