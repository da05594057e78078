import { examineWaiting, unexamined } from '../../db/queries/moderation/examinations.ts'
import { flaggedWords } from '../../db/queries/settings.ts'
import type { KindOfWork } from './work.ts'

/** Searches comments that wait for personal data. */
export const examining: KindOfWork = {
  name: 'examinations',
  batch: 50,
  async waiting({ db }, most) {
    const ids = await unexamined(db, most)
    // What is the same for all is read here first: where it is damaged, no comment is to blame.
    if (ids.length > 0) await flaggedWords(db)
    return ids
  },
  work: ({ db, now }, ids) => examineWaiting(db, ids, now()),
}
