import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAttachment } from '../../db/queries/attachments.ts'
import type { Dependencies } from '../dependencies.ts'
import { sendAttachment } from '../plugins/attachment-reply.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberWith } from '../plugins/roles.ts'
import { consultationOf } from './consultation.ts'

/** GET /office/:slug/attachments/:attachment */
export function attachmentDownload(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id } = consultationOf(request)
    const member = memberWith(request, id, 'drafter', 'approver', 'auditor')
    const asked = String(Reflect.get(Object(request.params), 'attachment'))
    const attachment = await findAttachment(deps.db, deps.seals, asked)
    if (attachment?.consultationId !== id) throw notFound()
    return sendAttachment(deps, reply, attachment, member)
  }
}
