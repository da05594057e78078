import { index, instant, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'

/** What staff tell one another about a clause. It never leaves the office: no paper reads this table. */
export const staffNotes = table(
  'staff_notes',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    clause: text('clause').notNull(),
    body: text('body').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('staff_notes_clause').on(t.consultationId, t.clause, t.id)],
)
