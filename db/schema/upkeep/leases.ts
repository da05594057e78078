import { instant, integer, table, text } from '../../columns.ts'

/** Work that one node does for all: it holds the lease until `until`, and takes it anew before. */
export const leases = table('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: instant('until').notNull(),
  /** Rises whenever the lease is taken after it was over: what is written under an earlier number is refused. */
  fence: integer('fence').notNull(),
})
