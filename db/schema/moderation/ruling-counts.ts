import { integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** How many comments stand in each state for each reason of the decision that put them there; kept in the lists that change it. */
export const rulingCounts = table(
  'ruling_counts',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    /** published, withheld or refused. */
    state: text('state').notNull(),
    /** Empty where none was given. */
    reason: text('reason').notNull(),
    count: integer('count').notNull(),
    /** Of the published, those of which a piece is hidden. */
    redacted: integer('redacted').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.state, t.reason] })],
)
