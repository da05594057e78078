import { integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/**
 * How many comments came in on each day that is over (YYYY-MM-DD, Shanghai). Kept in the background once nothing can come
 * in on it any more, so that no submission pays for it; what is in no kept day came since.
 */
export const arrivalDays = table(
  'arrival_days',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    day: text('day').notNull(),
    comments: integer('comments').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.day] })],
)
