import { integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/**
 * What the comments that were split add to the count of points, and what they take from it: `points` of theirs on a clause,
 * of a stance, with an approved answer of an outcome (empty: without one), and `comments` of theirs that came on a clause
 * with a stance and an outcome. Every other comment is its own one point, so that the points of a cell are its comments, less these `comments`,
 * and these `points`. Of admitted comments alone; kept in the lists that change them.
 */
export const pointCounts = table(
  'point_counts',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    clause: text('clause').notNull(),
    stance: text('stance').notNull(),
    outcome: text('outcome').notNull(),
    points: integer('points').notNull(),
    comments: integer('comments').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.clause, t.stance, t.outcome] })],
)
