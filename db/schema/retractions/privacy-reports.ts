import { index, instant, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'

/** 反映此条涉及我的信息: somebody says that a published comment tells something about them. Nobody says who they are. */
export const privacyReports = table(
  'privacy_reports',
  {
    /** Chance alone: whoever has the address of the report reads what became of it. */
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    createdAt: instant('created_at').notNull(),
    /** The day (YYYY-MM-DD, Shanghai) by which it has to be answered. */
    dueOn: text('due_on').notNull(),
    /** retracted, redacted or nothing_found; null while it waits. */
    outcome: text('outcome'),
    /** What whoever reported is told. */
    answer: text('answer'),
    answeredBy: text('answered_by').references(() => staff.id),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    index('privacy_reports_waiting').on(t.outcome, t.dueOn, t.id),
    index('privacy_reports_comment').on(t.commentId),
    index('privacy_reports_consultation').on(t.consultationId, t.outcome),
  ],
)
