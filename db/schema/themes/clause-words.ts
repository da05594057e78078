import { instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** The words of a clause's admitted comments, counted in the background from the newest of them. */
export const clauseWords = table(
  'clause_words',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    clause: text('clause').notNull(),
    /** How many admitted comments the clause had when they were counted. */
    admitted: integer('admitted').notNull(),
    /** How many different texts of them were read. */
    texts: integer('texts').notNull(),
    words: json<Record<string, number>>('words').notNull(),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.clause] })],
)
