import {
  endReopening,
  reopeningBulk,
  reopeningBulks,
  standingOf,
} from '../../db/queries/moderation/bulk-reopenings.ts'
import { reopen } from '../../db/queries/moderation/reviews.ts'
import { repeatable } from '../../db/refused.ts'
import type { KindOfWork } from './work.ts'

const step = 50
/** So many are reopened at once, which the database commits together. */
const together = 5

/** Has all that bulks decided wait again, a step at a time, where whoever began them found that they were wrong. */
export const bulkReopening: KindOfWork = {
  name: 'bulk_reopenings',
  batch: 1,
  waiting: ({ db }, most) => reopeningBulks(db, most),
  async work({ db, now }, ids) {
    for (const id of ids) {
      const bulk = await reopeningBulk(db, id)
      if (!bulk) continue
      const act = { staffId: bulk.staffId, now: now() }
      const standing = await standingOf(db, id, step)
      for (let done = 0; done < standing.length; done += together) {
        const some = standing.slice(done, done + together)
        // Refused where somebody has just decided otherwise: that stands.
        await Promise.all(some.map((one) => repeatable(reopen(db, one, bulk.reopeningReason ?? '', act))))
      }
      if (standing.length === 0) await endReopening(db, id)
    }
  },
}
