import type { FastifyInstance } from 'fastify'
import { findAttachment } from '../../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { sendAttachment } from '../../plugins/attachment-reply.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf, memberWith } from '../../plugins/roles.ts'
import { isPublicId } from '../../rules/comments/publication-places.ts'
import { attachmentPlace } from '../../rules/submissions/attachments.ts'

interface Route {
  Params: { comment: string; attachment: string }
}

/**
 * GET /office/:slug/comments/:comment/attachments/:attachment: a file that an organisation sent with a comment. The scan
 * of a person's letter says who wrote it, which the office does not need to know (个人信息保护法 art. 6).
 */
export function attachment(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals } = deps

  app.get<Route>('/comments/:comment/attachments/:attachment', async (request, reply) => {
    const { id } = request.consultation
    const { comment, attachment: number } = request.params
    memberWith(request, id, 'drafter', 'approver', 'auditor')
    const place = attachmentPlace(number)
    const attachment = isPublicId(comment) && place ? await findAttachment(db, seals, comment, place) : null
    if (attachment?.consultationId !== id || attachment.identity === 'individual') throw notFound()
    return sendAttachment(deps, reply, attachment, actOf(request, deps))
  })
}
