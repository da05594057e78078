import { digestChain } from '../../db/queries/evidence/digest-seals.ts'
import { withoutMarked } from '../../db/queries/faults.ts'
import { type Chain, type Head, sealRows, unsealed } from '../../db/queries/log/chain.ts'
import { logChain } from '../../db/queries/log/log-seals.ts'
import { headFiles, writeHead } from './chain-head.ts'
import type { KindOfWork } from './work.ts'

type Both = [sealing: KindOfWork, headWriting: KindOfWork]

/** Seals the entries of the log into its chain, and writes the end of the chain beside the database. */
export function logSealing(): Both {
  return chainSealing(logChain, 'log', { head: 'log_head', batch: 500, told: 'log sealed' })
}

/** The same for the digests. */
export function digestSealing(): Both {
  return chainSealing(digestChain, 'digests', { head: 'digest_head', batch: 1000, told: 'digests sealed' })
}

function chainSealing<Row extends { number: number }>(
  chain: Chain<Row>,
  file: keyof typeof headFiles,
  { head: name, batch, told }: { head: KindOfWork['name']; batch: number; told: string },
): Both {
  let unwritten: Head | null = null
  const sealing: KindOfWork = {
    name: chain.work,
    batch,
    waiting: async ({ db, now }, most) => (await unsealed(db, chain, most, now())).map(String),
    async work({ db, seals, now }, numbers, teller) {
      const head = await sealRows(db, seals, chain, numbers.map(Number), now())
      if (!head) return
      unwritten = head
      teller.info({ count: head.count, hash: head.hash }, told)
    },
  }
  const headWriting: KindOfWork = {
    name,
    batch: 1,
    waiting: ({ db }) => withoutMarked(db, name, unwritten ? [headFiles[file]] : []),
    async work({ db, config }) {
      if (!unwritten) return
      // A node that was frozen would write an old end over a newer one: an empty list is refused to it like any other.
      await db.atomically(() => [])
      writeHead(config.dataDir, file, unwritten)
      unwritten = null
    },
  }
  return [sealing, headWriting]
}
