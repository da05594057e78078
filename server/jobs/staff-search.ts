import { indexForStaff, unindexed } from '../../db/queries/comments/search-entries.ts'
import type { KindOfWork } from './work.ts'

/** Lets staff find comments by their words. */
export const staffIndexing: KindOfWork = {
  name: 'staff_search',
  batch: 200,
  waiting: async ({ db }, most) => (await unindexed(db, most)).map(String),
  work: ({ db }, numbers) => indexForStaff(db, numbers.map(Number)),
}
