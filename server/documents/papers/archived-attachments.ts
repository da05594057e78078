import { everyAttachment } from '../../../db/queries/submissions/attachments.ts'
import { FileStore } from '../files/file-store.ts'
import type { Part } from '../formats/zip-of-files.ts'
import { type PaperRequest, PaperUnavailable } from './paper-request.ts'

/**
 * The files that came with a consultation's comments, for its whole archive: named by their receipt and what they are,
 * since what the sender called them may say who that is. The public's archive has none. What an individual wrote, a
 * scanned letter say, is named in the manifest as left out: names and contacts stand in it.
 */
export async function* archivedAttachments(request: PaperRequest): AsyncGenerator<Part> {
  const { db, consultation, scope, filters, dataDir } = request
  if (scope === 'public' || Object.values(filters).some((filter) => filter !== null)) return
  const store = new FileStore(dataDir, 'attachments')
  const counts = new Map<string, number>()
  for await (const { id, receiptNumber, identity, type, sha256 } of everyAttachment(db, consultation.id)) {
    const number = (counts.get(receiptNumber) ?? 0) + 1
    counts.set(receiptNumber, number)
    yield {
      name: `附件/${receiptNumber}-${number}.${type}`,
      make: async () => {
        if (identity === 'individual') throw new PaperUnavailable('是个人的来信，含个人信息，没有放入')
        return fileOf(store, id, sha256)
      },
    }
  }
}

async function fileOf(store: FileStore, id: string, sha256: string) {
  const found = await store.measured(id)
  const file = found?.sha256 === sha256 ? await store.read(id) : null
  if (file) return file
  throw new PaperUnavailable(`${found ? '与收到时不同' : '文件缺失'}，请用 portal verify 核对`)
}
