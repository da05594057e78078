import type { FastifyInstance } from 'fastify'
import { findAttachment } from '../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../dependencies.ts'
import { sendAttachment } from '../plugins/attachment-reply.ts'
import { notFound } from '../plugins/page-error.ts'
import { actOf, memberWith } from '../plugins/roles.ts'
import { isPublicId } from '../rules/comments/publication-places.ts'
import { attachmentPlace } from '../rules/submissions/attachments.ts'

interface Route {
  Params: { id: string; attachment: string }
}

/** GET /moderation/comments/:id/attachments/:attachment: the file with this number of those that came with a comment. */
export function attachment(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals } = deps

  app.get<Route>('/comments/:id/attachments/:attachment', async (request, reply) => {
    const { id, attachment: number } = request.params
    const place = attachmentPlace(number)
    const attachment = isPublicId(id) && place ? await findAttachment(db, seals, id, place) : null
    if (!attachment) throw notFound()
    memberWith(request, attachment.consultationId, 'moderator', 'approver', 'auditor')
    return sendAttachment(deps, reply, attachment, actOf(request, deps))
  })
}
