import { boolean, index, instant, integer, sequence, table, text } from '../../columns.ts'

/**
 * 存证: a keyed digest of each fact, made in the list that stores it. The key is the digest's own, sealed, and goes with
 * the text that it is of: what is left tells nothing of it.
 */
export const digests = table(
  'digests',
  {
    number: sequence('number'),
    /** What the fact is of, as `server/rules/evidence/facts.ts` names it. */
    kind: text('kind').notNull(),
    /** The key of its row; of several columns with spaces between. */
    row: text('row_id').notNull(),
    version: integer('version').notNull(),
    digest: text('digest').notNull(),
    key: text('key'),
    /** Of what was there before there were digests: it vouches from `at` on. */
    takenUp: boolean('taken_up').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('digests_row').on(t.row, t.kind)],
)
