import { isAllTakenUp } from '../../db/queries/evidence/digests.ts'
import { type Before, markTakenUp, takeUp, withoutDigests } from '../../db/queries/evidence/taking-up.ts'
import { withoutMarked } from '../../db/queries/faults.ts'
import type { KindOfWork } from './work.ts'

/** After which it goes over all of it again, in milliseconds, to see that nothing is without. */
const rest = 1000

/** Gives what was there before there were digests its own, once; then notes that nothing is without. */
export function takingUp(): KindOfWork {
  const found = new Map<string, Before>()
  let pages: AsyncGenerator<Before[]> | null = null
  let isDone = false
  let isClean = true
  let next = 0
  return {
    name: 'digests',
    batch: 100,
    async waiting({ db, seals, now }) {
      isDone ||= await isAllTakenUp(db)
      if (isDone || (!pages && now().getTime() < next)) return []
      if (!pages) isClean = true
      pages ??= withoutDigests(db, seals)
      found.clear()
      for (;;) {
        const { value: page, done } = await pages.next()
        if (done) {
          pages = null
          if (isClean) await markTakenUp(db, seals, now())
          else next = now().getTime() + rest
          return []
        }
        for (const before of page) found.set(keyOf(before), before)
        if (found.size === 0) continue
        isClean = false
        return withoutMarked(db, 'digests', [...found.keys()])
      }
    },
    async work({ db, seals, now }, rows) {
      for (const row of rows) {
        const before = found.get(row)
        if (before) await takeUp(db, seals, before, now())
      }
    },
  }
}

function keyOf({ row, facts: [fact] }: Before): string {
  return `${fact?.kind} ${row}`
}
