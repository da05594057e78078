import { integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { responses } from './responses.ts'

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

/** How many points of admitted comments on a clause an approved answer is for; kept in the same lists. */
export const responseCounts = table(
  'response_counts',
  {
    responseId: text('response_id')
      .notNull()
      .references(() => responses.id),
    clause: text('clause').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.responseId, t.clause] })],
)
