import { withoutMarked } from '../../db/queries/faults.ts'
import { storedAttachments } from '../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../dependencies.ts'
import { FileStore } from '../documents/files/file-store.ts'
import { ReviewedFiles } from '../documents/files/reviewed-files.ts'
import type { KindOfWork } from './work.ts'

/** Longer than any submission is under way. */
const grace = 60 * 60 * 1000
const every = 60 * 60 * 1000
/** So many names are looked for in the database at a time. */
const together = 500

/** How the sweep calls a file of a form that nobody sent within a day. */
const reviewed = 'reviewed/'

/**
 * Removes, each hour, files that no row speaks of: what a crash, a full disk or a lost connection left half done, and what was
 * held for a form that nobody sent within a day.
 */
export function attachmentSweep(): KindOfWork {
  let sweptAt = 0
  return {
    name: 'attachments',
    batch: 500,
    async waiting(deps, most) {
      const now = deps.now().getTime()
      if (now - sweptAt < every) return []
      const orphans = [...(await orphansAmong(deps, most)), ...(await reviewedOver(deps))].slice(0, most)
      if (orphans.length < most) sweptAt = now
      return orphans
    },
    async work(deps, names, teller) {
      const { db, config } = deps
      const orphans = await withoutRow(deps, names)
      // Removing is no write that would be refused to a node that was frozen: an empty list is.
      await db.atomically(() => [])
      const store = new FileStore(config.dataDir, 'attachments')
      const held = new ReviewedFiles(config.dataDir, deps.seals)
      for (const name of orphans) {
        if (name.startsWith(reviewed)) await held.remove(name.slice(reviewed.length))
        else await store.remove(name)
      }
      if (orphans.length > 0) teller.info({ removed: orphans.length }, 'files without a row removed')
    },
  }
}

async function reviewedOver({ config, db, seals, now }: Dependencies): Promise<string[]> {
  const over = await new ReviewedFiles(config.dataDir, seals).over(now())
  return withoutMarked(
    db,
    'attachments',
    over.map((name) => reviewed + name),
  )
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
