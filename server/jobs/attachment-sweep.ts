import { storedAttachments } from '../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../dependencies.ts'
import { FileStore } from '../documents/files/file-store.ts'

/** Longer than any submission is under way. */
const grace = 60 * 60 * 1000
const batch = 500

/**
 * Removes files that no row speaks of: what a crash, a full disk or a lost connection left half done.
 * @returns how many
 */
export async function sweepAttachments({
  config,
  db,
  now,
}: Pick<Dependencies, 'config' | 'db' | 'now'>): Promise<number> {
  const store = new FileStore(config.dataDir, 'attachments')
  let removed = 0
  let ids: string[] = []
  const sweep = async () => {
    const stored = await storedAttachments(db, ids)
    const orphans = ids.filter((id) => !stored.has(id))
    for (const id of orphans) await store.remove(id)
    removed += orphans.length
    ids = []
  }
  for await (const id of store.writtenBefore(new Date(now().getTime() - grace))) {
    if (ids.push(id) === batch) await sweep()
  }
  await sweep()
  return removed
}
