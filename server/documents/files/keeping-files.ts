import { randomUUID } from 'node:crypto'
import { type NewAttachment, storedAttachments } from '../../../db/queries/submissions/attachments.ts'
import type { Receipt } from '../../../db/sealing/receipt-secrets.ts'
import { KeyReused } from '../../../db/sealing/receipt-secrets.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { AttachmentType } from '../../rules/submissions/attachments.ts'
import type { FileStore, Received } from './file-store.ts'

/** A file that has come in, and what it is. */
export interface ReceivedFile {
  name: string
  type: AttachmentType | null
  received: Received | null
}

/**
 * Keeps the files and then stores what they came with, so that a stored row always has its file. Files of a repeat, or
 * of what was refused, are removed again. Where it is not known whether the rows were stored, they stay: the sweep will
 * know.
 * @param files checked ones
 */
export async function keepingFiles(
  { db }: Pick<Dependencies, 'db'>,
  store: FileStore,
  files: readonly ReceivedFile[],
  storing: (attachments: NewAttachment[]) => Promise<Receipt>,
): Promise<Receipt> {
  const attachments: NewAttachment[] = []
  // Chance, but for their order, which is that in which the files were chosen.
  const fileIds = files.map(() => randomUUID()).sort()
  for (const [place, { name, type, received }] of files.entries()) {
    if (type === null || received === null) throw new Error('a file was kept that had not been checked')
    const { path: _, ...measures } = received
    const id = fileIds[place] ?? randomUUID()
    await store.keep(received, id)
    attachments.push({ id, name, type, ...measures })
  }
  const removeUnstored = async () => {
    const ids = attachments.map(({ id }) => id)
    const stored = await storedAttachments(db, ids)
    for (const id of ids) if (!stored.has(id)) await store.remove(id)
  }
  try {
    const receipt = await storing(attachments)
    await removeUnstored()
    return receipt
  } catch (error) {
    if (error instanceof KeyReused) await removeUnstored()
    throw error
  }
}
