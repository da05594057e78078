import type { WorkName } from '../../../server/rules/upkeep/work-names.ts'
import { instant, integer, primaryKey, table, text } from '../../columns.ts'

/** 故障: a row on which background work failed, passed over until `retryAt`; or a kind of work that rests until then. */
export const faults = table(
  'faults',
  {
    work: text('work').$type<WorkName>().notNull(),
    /** The key of the row; empty where the kind of work as a whole failed. */
    subject: text('subject').notNull(),
    /** The row within it that is to blame, where that is known: a comment of a bulk. */
    cause: text('cause'),
    /** The class of the error, with the code that the engine or the system gave it. */
    error: text('error').notNull(),
    /** How many times it failed, since somebody last asked for it to be tried again. */
    failures: integer('failures').notNull(),
    since: instant('since').notNull(),
    retryAt: instant('retry_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.work, t.subject] })],
)
