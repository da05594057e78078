import { integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** How many endorsements stand with the comments on a clause, those of withdrawn ones apart; kept in the lists that change it. */
export const endorsedClauses = table(
  'endorsed_clauses',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    clause: text('clause').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.clause] })],
)
