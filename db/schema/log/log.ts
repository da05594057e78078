import type { ActName } from '../../../server/rules/log/act-names.ts'
import { index, instant, integer, json, sequence, table, text } from '../../columns.ts'

/** 操作日志: every staff act. States, positions and digests only: no personal data. Append-only by trigger. */
export const log = table(
  'log',
  {
    number: sequence('number'),
    at: instant('at').notNull(),
    staffId: text('staff_id'),
    act: text('act').$type<ActName>().notNull(),
    subject: text('subject').notNull(),
    detail: json<Record<string, unknown>>('detail').notNull(),
  },
  (t) => [index('log_subject').on(t.subject), index('log_at').on(t.at)],
)

/**
 * The log's chain: each seal hashes the seal before it with the entries that it covers. Whoever changes or removes an
 * entry breaks it.
 */
export const logSeals = table('log_seals', {
  number: sequence('number'),
  /** The numbers of its entries, in the order in which they are hashed; a late one is covered by a later seal. */
  entries: json<number[]>('entries').notNull(),
  /** How many entries are covered up to here. */
  count: integer('count').notNull(),
  hash: text('hash').notNull(),
  at: instant('at').notNull(),
})
