import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act } from '../../db/act.ts'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { actOf, memberOf, memberWith } from '../plugins/roles.ts'
import { hasRole, type Role } from '../rules/staff/roles.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The consultation that the address names; there under /office/:slug alone. */
    consultation: Consultation
  }
}

/** Who may read a consultation in the office; who may work on it. */
export const readers: readonly Role[] = ['drafter', 'approver', 'department', 'auditor']
const writers: readonly Role[] = ['drafter', 'approver']

/** Finds the consultation that each address of a scope names, and turns away whoever has no role in it, before any handler. */
export function ofOneConsultation(scope: FastifyInstance, { db }: Dependencies): void {
  scope.decorateRequest('consultation')
  scope.addHook<{ Params: { slug: string } }>('preHandler', async (request) => {
    const consultation = await findConsultation(db, request.params.slug)
    if (!consultation) throw notFound()
    memberWith(request, consultation.id, ...(reading(request) ? readers : writers))
    request.consultation = consultation
  })
}

function reading({ method }: Pick<FastifyRequest, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Whether whoever reads the page may also answer, sort and reword: forms are shown to nobody else. */
export function mayWrite(request: FastifyRequest): boolean {
  return hasRole(memberOf(request).grants, writers, request.consultation.id)
}

/** Whether whoever reads the page may change what is being drafted. */
export function mayDraft(request: FastifyRequest): boolean {
  return hasRole(memberOf(request).grants, ['drafter'], request.consultation.id)
}

/** What a member of staff is about to do in the consultation, if they have the role. @throws PageError 403 */
export function actBy(request: FastifyRequest, deps: Pick<Dependencies, 'now'>, role: Role): Act {
  memberWith(request, request.consultation.id, role)
  return actOf(request, deps)
}
