import type { FastifyInstance } from 'fastify'
import { findAttachment } from '../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../dependencies.ts'
import { sendAttachment } from '../plugins/attachment-reply.ts'
import { notFound } from '../plugins/page-error.ts'
import { actOf, memberWith } from '../plugins/roles.ts'

/** GET /moderation/attachments/:attachment */
export function attachment(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { attachment: string } }>('/attachments/:attachment', async (request, reply) => {
    const attachment = await findAttachment(deps.db, deps.seals, request.params.attachment)
    if (!attachment) throw notFound()
    memberWith(request, attachment.consultationId, 'moderator', 'approver', 'auditor')
    return sendAttachment(deps, reply, attachment, actOf(request, deps))
  })
}
