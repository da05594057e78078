import { integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** How many admitted comments on a clause have an approved answer of each outcome; kept in the lists that change it. */
export const answerCounts = table(
  'answer_counts',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    clause: text('clause').notNull(),
    outcome: text('outcome').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.clause, t.outcome] })],
)
