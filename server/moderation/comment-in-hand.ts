import type { FastifyRequest } from 'fastify'
import { type CommentToJudge, commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import type { Member } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberWith } from '../plugins/roles.ts'
import type { Role } from '../rules/staff/roles.ts'
import { idOf } from './queue-address.ts'

/** The comment that an address names by its public id, and who asks for it. @throws PageError 404, 403 */
export async function commentInHand(
  { db }: Dependencies,
  request: FastifyRequest<{ Params: { id: string } }>,
  ...roles: Role[]
): Promise<{ comment: CommentToJudge; member: Member }> {
  const publicId = idOf(request.params.id)
  const comment = publicId && (await commentToJudge(db, publicId))
  if (!comment) throw notFound()
  return { comment, member: memberWith(request, comment.consultationId, ...roles) }
}
