import type { BulkRuling, Skipped } from '../../../server/rules/moderation/bulks.ts'
import { index, instant, integer, json, table, text } from '../../columns.ts'
import { staff } from '../staff/staff.ts'

/** 批量决定: one ruling for a list of comments that was frozen when it was confirmed. */
export const bulks = table(
  'bulks',
  {
    id: text('id').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    ruling: json<BulkRuling>('ruling').notNull(),
    /** The ids of its comments, in the order in which they are decided. */
    comments: json<string[]>('comments').notNull(),
    /** prepared, running, done or stopped; revoked in its grace; reopening and reopened after it. */
    state: text('state').notNull(),
    /** How many of the list have been dealt with, decided or skipped. */
    position: integer('position').notNull(),
    decided: integer('decided').notNull(),
    skipped: json<Skipped[]>('skipped').notNull(),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
    /** When the last of what it decided takes effect; null before, and where nothing waits for that. */
    dueAt: instant('due_at'),
    /** Why all that it decided waits again. */
    reopeningReason: text('reopening_reason'),
  },
  (t) => [
    index('bulks_staff').on(t.staffId, t.id),
    // What is under way is found without looking at all that ever was.
    index('bulks_under_way').on(t.state, t.id),
  ],
)
