import type { FastifyInstance } from 'fastify'
import { replyOfLetter } from '../../../db/queries/answers/department-replies.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { notFound } from '../../plugins/page-error.ts'
import { disposition } from '../papers/paper-files.ts'

interface OfLetter {
  Params: { department: string; letter: string }
}

/** GET /office/:slug/departments/:department/letters/:letter: the scan of a department's letter, as it was sent. */
export function departmentFiles(app: FastifyInstance, { db, config }: Dependencies): void {
  const store = new FileStore(config.dataDir, 'replies')

  app.get<OfLetter>('/departments/:department/letters/:letter', async (request, reply) => {
    const kept = await replyOfLetter(db, request.consultation.id, request.params.letter)
    const content = kept?.fileId ? await store.read(kept.fileId) : null
    if (!kept || !content) throw notFound()
    return reply
      .type('application/octet-stream')
      .header('content-length', kept.fileSize ?? 0)
      .header('content-disposition', disposition(kept.fileName ?? '函件'))
      .send(content)
  })
}
