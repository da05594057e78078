import type { FastifyReply } from 'fastify'
import type { Act } from '../../db/act.ts'
import { type Attachment, logDownload } from '../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../dependencies.ts'
import { FileStore } from '../documents/files/file-store.ts'
import { savedName } from '../rules/submissions/attachments.ts'
import { PageError } from './page-error.ts'
import { nothingShown } from './security.ts'

/**
 * Sends a citizen's file to a member of staff who may have it, as nothing but a file to be saved: whatever is in it, no
 * browser is to show it. That they asked for it stands in the log.
 * @throws PageError 404 where the file is missing
 */
export async function sendAttachment(
  { config, db }: Dependencies,
  reply: FastifyReply,
  { id, name, type, size }: Attachment,
  act: Act,
): Promise<FastifyReply> {
  await logDownload(db, id, act)
  const content = await new FileStore(config.dataDir, 'attachments').read(id)
  if (!content) throw missing()
  return reply
    .type('application/octet-stream')
    .header('content-length', size)
    .header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(savedName(name, type))}`,
    )
    .header('content-security-policy', nothingShown)
    .send(content)
}

const missing = () =>
  new PageError(
    404,
    'attachment_missing',
    '找不到这个附件的文件',
    '请告诉管理员：用 portal verify 核对附件。',
  )
