import { sql } from 'drizzle-orm'
import type { ActName } from '../../../server/rules/log/act-names.ts'
import { index, instant, integer, json, sequence, table, text } from '../../columns.ts'

/** 操作日志: every staff act. States, positions and digests only: no personal data. Append-only by trigger. */
export const log = table(
  'log',
  {
    number: sequence('number'),
    /** By which its digest knows it; null in entries that are older than digests. */
    id: text('id'),
    at: instant('at').notNull(),
    staffId: text('staff_id'),
    act: text('act').$type<ActName>().notNull(),
    subject: text('subject').notNull(),
    detail: json<Record<string, unknown>>('detail').notNull(),
  },
  (t) => [
    index('log_subject').on(t.subject),
    index('log_at').on(t.at),
    index('log_staff').on(t.staffId, t.number),
    index('log_sign_ins').on(t.subject, t.at).where(sql`act = 'staff.sign_in'`),
  ],
)

/** Without a parameter, as the index of sign-ins is told it: else it would not be used. */
export const isSignIn = sql`${log.act} = 'staff.sign_in'`

/**
 * The log's chain: each seal hashes the seal before it with the entries that it covers. Whoever changes or removes an
 * entry breaks it.
 */
export const logSeals = sealsTable('log_seals')

/** The same of the digests. */
export const digestSeals = sealsTable('digest_seals')

function sealsTable<Name extends string>(name: Name) {
  return table(name, {
    number: sequence('number'),
    /** The numbers of its rows, in the order in which they are hashed; a late one is covered by a later seal. */
    entries: json<number[]>('entries').notNull(),
    /** How many rows are covered up to here. */
    count: integer('count').notNull(),
    hash: text('hash').notNull(),
    at: instant('at').notNull(),
    /** The hash, sealed for this place of the chain; null in seals of the log that are older than this. */
    mark: text('mark'),
  })
}
