import { index, instant, integer, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { departments } from '../departments/departments.ts'
import { staff } from '../staff/staff.ts'
import { themes } from '../themes/themes.ts'

/** 归并意见: one sentence, in the office's words, that can be answered; the points that say it belong to it. */
export const concerns = table(
  'concerns',
  {
    /** Chance alone: it stands in addresses and papers. */
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    sentence: text('sentence').notNull(),
    /** The clause that it is about. */
    clause: text('clause').notNull(),
    themeId: text('theme_id').references(() => themes.id),
    departmentId: text('department_id').references(() => departments.id),
    /** Until when that department has to answer it (YYYY-MM-DD, Shanghai; null: none set). */
    dueOn: text('due_on'),
    /** How many points it has, of comments that are admitted; kept in the lists that change it. */
    count: integer('count').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('concerns_clause').on(t.consultationId, t.clause, t.count),
    index('concerns_department').on(t.departmentId, t.id),
    index('concerns_theme').on(t.themeId, t.id),
  ],
)
