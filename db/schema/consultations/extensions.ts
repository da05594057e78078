import { index, instant, table, text } from '../../columns.ts'
import { staff } from '../staff/staff.ts'
import { consultations } from './consultations.ts'

/** 延期: the closing day moved; the notice stays visible with its reason. */
export const extensions = table(
  'extensions',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    closedAt: instant('closed_at').notNull(),
    closesAt: instant('closes_at').notNull(),
    reason: text('reason').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('extensions_consultation').on(t.consultationId, t.id)],
)
