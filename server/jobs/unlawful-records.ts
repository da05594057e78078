import { eraseRecords, overRecords } from '../../db/queries/upkeep/unlawful-records.ts'
import type { KindOfWork } from './work.ts'

/** Erases the records of what was refused as unlawful, when their term is over. */
export const recordErasing: KindOfWork = {
  name: 'unlawful_records',
  batch: 200,
  waiting: ({ db, now }, most) => overRecords(db, now(), most),
  work: ({ db, now }, ids) => eraseRecords(db, ids, now()),
}
