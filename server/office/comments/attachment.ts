import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAttachment } from '../../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { sendAttachment } from '../../plugins/attachment-reply.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberWith } from '../../plugins/roles.ts'
import { consultationOf } from '../consultation.ts'

/**
 * GET /office/:slug/attachments/:attachment: a file that an organisation sent. The scan of a person's letter says who
 * wrote it, which the office does not need to know (个人信息保护法 art. 6).
 */
export function attachmentDownload(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id } = consultationOf(request)
    const member = memberWith(request, id, 'drafter', 'approver', 'auditor')
    const asked = String(Reflect.get(Object(request.params), 'attachment'))
    const attachment = await findAttachment(deps.db, deps.seals, asked)
    if (attachment?.consultationId !== id || attachment.identity === 'individual') throw notFound()
    return sendAttachment(deps, reply, attachment, member)
  }
}
