import { eraseWithdrawn, unerased } from '../../db/queries/receipts/withdrawn-words.ts'
import type { KindOfWork } from './work.ts'

/** Erases what was withdrawn before withdrawing erased anything. The sweep removes the files. */
export const withdrawnErasing: KindOfWork = {
  name: 'withdrawn_words',
  batch: 25,
  waiting: ({ db }, most) => unerased(db, most),
  work: ({ db, now }, ids) => eraseWithdrawn(db, ids, now()),
}
