import { index, instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { staff } from '../staff/staff.ts'
import { rounds } from './rounds.ts'

/** 更正: an error in a published round; both wordings stay to be read. */
export const corrections = table(
  'corrections',
  {
    id: text('id').primaryKey(),
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    /** The key of a clause, `h` and the position of a heading, or `title`. */
    place: text('place').notNull(),
    /** What the round calls it. */
    name: text('name').notNull(),
    before: text('before').notNull(),
    after: text('after').notNull(),
    reason: text('reason').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('corrections_round').on(t.roundId, t.id)],
)

/**
 * How a clause of a round came out of the round before: `from` holds the keys of the clauses whose text it carries on.
 * A clause of the old round that stands in no `from` is deleted.
 */
export const mappings = table(
  'mappings',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    position: integer('position').notNull(),
    relation: text('relation').notNull(),
    from: json<string[]>('from_keys').notNull(),
    staffId: text('staff_id').references(() => staff.id),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.position] })],
)

/** 说明: why a round changes, adds or drops a clause; the last column of 修改对照表. */
export const changeReasons = table(
  'change_reasons',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    /** Its lasting key, of the round before where it is dropped. */
    clause: text('clause').notNull(),
    reason: text('reason').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.clause] })],
)
