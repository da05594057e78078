import { integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** How many comments stand in each cell; kept in the same list as the comment, since counting a million rows is slow. */
export const commentCounts = table(
  'comment_counts',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    clause: text('clause').notNull(),
    stance: text('stance').notNull(),
    state: text('state').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.clause, t.stance, t.state] })],
)
