import type { FastifyRequest } from 'fastify'
import type { Act } from '../../../db/queries/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberWith } from '../../plugins/roles.ts'
import type { Role } from '../../rules/roles.ts'
import { consultationOf } from '../consultation.ts'

/** What a member of staff is about to do in this consultation, if they have the role. @throws PageError 403 */
export function actBy(request: FastifyRequest, { now }: Pick<Dependencies, 'now'>, role: Role): Act {
  const { id } = memberWith(request, consultationOf(request).id, role)
  return { staffId: id, now: now() }
}
