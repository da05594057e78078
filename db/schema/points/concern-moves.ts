import type { Moved } from '../../../server/rules/points/moved.ts'
import { instant, json, table, text } from '../../columns.ts'
import { staff } from '../staff/staff.ts'
import { concerns } from './concerns.ts'

/** What was done last to the points of a concern, so that it can be undone; none where nothing was, or it was undone. */
export const concernMoves = table('concern_moves', {
  concernId: text('concern_id')
    .primaryKey()
    .references(() => concerns.id),
  /** Chance alone: who undoes it names what they saw. */
  id: text('id').notNull(),
  moved: json<Moved>('moved').notNull(),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  movedAt: instant('moved_at').notNull(),
})
