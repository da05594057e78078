import { integer, primaryKey, table, text } from '../../columns.ts'
import { staff } from '../staff/staff.ts'

/** How many decisions each moderator has made, by the comment's stance and the ruling; kept in the lists that change it. */
export const decisionCounts = table(
  'decision_counts',
  {
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    stance: text('stance').notNull(),
    admission: text('admission').notNull(),
    publication: text('publication').notNull(),
    /** Empty where none was given. */
    reason: text('reason').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.stance, t.admission, t.publication, t.reason] })],
)
