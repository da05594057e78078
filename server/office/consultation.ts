import type { FastifyRequest } from 'fastify'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf, memberWith } from '../plugins/roles.ts'
import { hasRole, type Role } from '../rules/staff/roles.ts'

declare module 'fastify' {
  interface FastifyRequest {
    consultation: Consultation | null
  }
}

/** Who may read a consultation in the office; who may work on it. */
export const readers: readonly Role[] = ['drafter', 'approver', 'department', 'auditor']
const writers: readonly Role[] = ['drafter', 'approver']

/** Finds the consultation that the address names, and turns away whoever has no role in it, before any handler runs. */
export function findTheConsultation({ db }: Dependencies) {
  return async (request: FastifyRequest): Promise<void> => {
    const slug: unknown = Reflect.get(Object(request.params), 'slug')
    request.consultation = typeof slug === 'string' ? await findConsultation(db, slug) : null
    if (!request.consultation) throw notFound()
    memberWith(request, request.consultation.id, ...(reading(request) ? readers : writers))
  }
}

function reading({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** The consultation that this request is about. */
export function consultationOf(request: FastifyRequest): Consultation {
  if (!request.consultation) throw notFound()
  return request.consultation
}

/** Whether whoever reads the page may also answer, sort and reword: forms are shown to nobody else. */
export function mayWrite(request: FastifyRequest): boolean {
  return hasRole(memberOf(request).grants, writers, consultationOf(request).id)
}
