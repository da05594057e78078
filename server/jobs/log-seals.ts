import { withoutMarked } from '../../db/queries/faults.ts'
import { type LogHead, sealEntries, unsealed } from '../../db/queries/log/log-seals.ts'
import { writeLogHead } from './log-head.ts'
import type { KindOfWork } from './work.ts'

/** Seals the entries of the log into its chain, and writes the end of the chain beside the database. */
export function logSealing(): [sealing: KindOfWork, headWriting: KindOfWork] {
  let unwritten: LogHead | null = null
  const sealing: KindOfWork = {
    name: 'log_seals',
    batch: 500,
    waiting: async ({ db, now }, most) => (await unsealed(db, most, now())).map(String),
    async work({ db, now }, numbers, teller) {
      const head = await sealEntries(db, numbers.map(Number), now())
      if (!head) return
      unwritten = head
      teller.info(head, 'log sealed')
    },
  }
  const headWriting: KindOfWork = {
    name: 'log_head',
    batch: 1,
    waiting: ({ db }) => withoutMarked(db, 'log_head', unwritten ? ['log-head.json'] : []),
    async work({ db, config }) {
      if (!unwritten) return
      // A node that was frozen would write an old end over a newer one: an empty list is refused to it like any other.
      await db.atomically(() => [])
      writeLogHead(config.dataDir, unwritten)
      unwritten = null
    },
  }
  return [sealing, headWriting]
}
