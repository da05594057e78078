import { integer, table, text } from '../../columns.ts'

/** What was erased from rows and may still lie in the engine's files: what of it is due, and how often since it was last done. */
export const erasures = table('erasures', {
  what: text('what').primaryKey(),
  count: integer('count').notNull(),
})
