import { withoutMarked } from '../../db/queries/faults.ts'
import { takeUp, withoutLeaf } from '../../db/queries/transparency/leaves.ts'
import { dueHeads, publishHeads } from '../../db/queries/transparency/tree-heads.ts'
import type { KindOfWork } from './work.ts'

/** Takes submissions up into the trees of 提交存证. */
export const leafTaking: KindOfWork = {
  name: 'leaves',
  batch: 200,
  waiting: ({ db, now }, most) => withoutLeaf(db, null, most, now()),
  work: ({ db, seals, now }, ids) => takeUp(db, seals, ids, now()),
}

/** How often it is looked whether a head is due, in milliseconds. */
const looksEach = 10_000

/** Publishes the heads of the trees when they are due. */
export function headPublishing(): KindOfWork {
  let lookedAt = Number.NEGATIVE_INFINITY
  return {
    name: 'tree_heads',
    batch: 20,
    async waiting({ db, now }, most) {
      if (Math.abs(now().getTime() - lookedAt) < looksEach) return []
      lookedAt = now().getTime()
      return (await withoutMarked(db, 'tree_heads', await dueHeads(db, now()))).slice(0, most)
    },
    work: ({ db, seals, now }, ids) => publishHeads(db, seals, ids, now()),
  }
}
