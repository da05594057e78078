import { withoutMarked } from '../../db/queries/faults.ts'
import { storedAttachments } from '../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../dependencies.ts'
import { FileStore } from '../documents/files/file-store.ts'
import type { KindOfWork } from './work.ts'

/** Longer than any submission is under way. */
const grace = 60 * 60 * 1000
const every = 60 * 60 * 1000
/** So many names are looked for in the database at a time. */
const together = 500

/** Removes, each hour, files that no row speaks of: what a crash, a full disk or a lost connection left half done. */
export function attachmentSweep(): KindOfWork {
  let sweptAt = 0
  return {
    name: 'attachments',
    batch: 500,
    async waiting(deps, most) {
      const now = deps.now().getTime()
      if (now - sweptAt < every) return []
      const orphans = await orphansAmong(deps, most)
      if (orphans.length < most) sweptAt = now
      return orphans
    },
    async work(deps, names, teller) {
      const { db, config } = deps
      const orphans = await withoutRow(deps, names)
      // Removing is no write that would be refused to a node that was frozen: an empty list is.
      await db.atomically(() => [])
      const store = new FileStore(config.dataDir, 'attachments')
      for (const name of orphans) await store.remove(name)
      if (orphans.length > 0) teller.info({ removed: orphans.length }, 'files without a row removed')
    },
  }
}

async function orphansAmong(deps: Dependencies, most: number): Promise<string[]> {
  const store = new FileStore(deps.config.dataDir, 'attachments')
  const found: string[] = []
  let names: string[] = []
  const look = async () => {
    found.push(...(await withoutMarked(deps.db, 'attachments', await withoutRow(deps, names))))
    names = []
  }
  for await (const name of store.writtenBefore(new Date(deps.now().getTime() - grace))) {
    if (names.push(name) === together) await look()
    if (found.length >= most) break
  }
  await look()
  return found.slice(0, most)
}

async function withoutRow({ db }: Dependencies, names: string[]): Promise<string[]> {
  const stored = await storedAttachments(db, names)
  return names.filter((name) => !stored.has(name))
}
