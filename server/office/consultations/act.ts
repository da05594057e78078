import type { FastifyRequest } from 'fastify'
import type { Act } from '../../../db/act.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf, memberWith } from '../../plugins/roles.ts'
import { hasRole, type Role } from '../../rules/staff/roles.ts'
import { consultationOf } from '../consultation.ts'

/** What a member of staff is about to do in this consultation, if they have the role. @throws PageError 403 */
export function actBy(request: FastifyRequest, { now }: Pick<Dependencies, 'now'>, role: Role): Act {
  const { id } = memberWith(request, consultationOf(request).id, role)
  return { staffId: id, now: now() }
}

/** Whether whoever reads the page may change what is being drafted. */
export function mayDraft(request: FastifyRequest): boolean {
  return hasRole(memberOf(request).grants, ['drafter'], consultationOf(request).id)
}
