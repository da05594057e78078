import type { FastifyInstance } from 'fastify'
import { findAttachment } from '../../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { sendAttachment } from '../../plugins/attachment-reply.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf, memberWith } from '../../plugins/roles.ts'

/**
 * GET /office/:slug/attachments/:attachment: a file that an organisation sent. The scan of a person's letter says who
 * wrote it, which the office does not need to know (个人信息保护法 art. 6).
 */
export function attachment(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { attachment: string } }>('/attachments/:attachment', async (request, reply) => {
    const { id } = request.consultation
    memberWith(request, id, 'drafter', 'approver', 'auditor')
    const attachment = await findAttachment(deps.db, deps.seals, request.params.attachment)
    if (attachment?.consultationId !== id || attachment.identity === 'individual') throw notFound()
    return sendAttachment(deps, reply, attachment, actOf(request, deps))
  })
}
