import { dropList, finishList, staleLists, storedLists } from '../../db/queries/intakes/intake-lists.ts'
import { repeatable } from '../../db/refused.ts'
import type { KindOfWork } from './work.ts'

/** A list that nobody confirms holds names and contacts: it is dropped after a week. In milliseconds. */
const longestWait = 7 * 24 * 60 * 60 * 1000

/** Ends lists whose letters are all stored. */
export const listEnding: KindOfWork = {
  name: 'ended_lists',
  batch: 50,
  waiting: ({ db }, most) => storedLists(db, most),
  async work({ db, now }, ids) {
    for (const id of ids) await finishList(db, { id }, now())
  },
}

/** Drops lists that nobody confirmed. */
export const staleListDropping: KindOfWork = {
  name: 'stale_lists',
  batch: 50,
  waiting: ({ db, now }, most) => staleLists(db, new Date(now().getTime() - longestWait), most),
  async work({ db }, ids) {
    for (const id of ids) await repeatable(dropList(db, { id }))
  },
}
