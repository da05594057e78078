import { integer, primaryKey, table, text } from '../../columns.ts'

/**
 * How often the public asked for a page or file of a consultation. Each node counts in memory and adds to this every few
 * seconds. A comment's own page has one row for all time (`day` is empty), the others one a day (Shanghai): so there are
 * no more rows than comments, and a few hundred a day.
 */
export const fetches = table(
  'fetches',
  {
    slug: text('slug').notNull(),
    /** What follows the consultation's address, without a query. */
    page: text('page').notNull(),
    day: text('day').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.slug, t.page, t.day] })],
)
