import { index, instant, integer, json, sequence, table, text } from '../columns.ts'

/** 操作日志: every staff act. States, positions and digests only: no personal data. Append-only by trigger. */
export const log = table(
  'log',
  {
    number: sequence('number'),
    at: instant('at').notNull(),
    staffId: text('staff_id'),
    act: text('act').notNull(),
    subject: text('subject').notNull(),
    detail: json<Record<string, unknown>>('detail').notNull(),
  },
  (t) => [index('log_subject').on(t.subject), index('log_at').on(t.at)],
)

/** The log's chain: the hash over everything up to an entry. Whoever changes one breaks every later seal. */
export const logSeals = table('log_seals', {
  /** The number of the last entry that it covers. */
  upTo: integer('up_to').primaryKey(),
  /** How many entries it covers. */
  count: integer('count').notNull(),
  hash: text('hash').notNull(),
  at: instant('at').notNull(),
})

/** Work that one node does for all: it holds the lease until `until`, and renews it. */
export const leases = table('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: instant('until').notNull(),
})
