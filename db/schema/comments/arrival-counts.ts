import { integer, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/**
 * How many comments came in each cell, and how many submissions began in it. Nothing that tells the cells apart changes
 * once a comment is in; kept in the submission's list, since counting a million rows by them is slow.
 */
export const arrivalCounts = table(
  'arrival_counts',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    clause: text('clause').notNull(),
    channel: text('channel').notNull(),
    identity: text('identity').notNull(),
    /** Empty where none was given. */
    region: text('region').notNull(),
    comments: integer('comments').notNull(),
    submissions: integer('submissions').notNull(),
    /** 人次: of these submissions each one, and of the minutes of a meeting as many as were present. */
    people: integer('people').notNull(),
    /** 逾期: of the comments, those of letters that came after closing. */
    late: integer('late').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.clause, t.channel, t.identity, t.region] })],
)
