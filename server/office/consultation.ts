import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act } from '../../db/act.ts'
import type { Database } from '../../db/database.ts'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import type { Assignment } from '../../db/queries/departments/assigned-things.ts'
import { concernsToSign, findAssignment } from '../../db/queries/departments/assignments.ts'
import { type OwnDepartment, ownDepartments } from '../../db/queries/departments/department-members.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { actOf, memberOf, memberWith } from '../plugins/roles.ts'
import { assignedThing } from '../rules/departments/assignments.ts'
import { hasRole, type Role } from '../rules/staff/roles.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The consultation that the address names; there under /office/:slug alone. */
    consultation: Consultation
    /** Where whoever asks works; there under /office/:slug/assignments alone. */
    ownDepartments: OwnDepartment[]
    /** What the address names of what they were given; there under /office/:slug/assignments/:department/:assignment alone. */
    own: OwnAssignment
  }
}

/** A thing that a department was given, with the department. */
interface OwnAssignment {
  department: OwnDepartment
  assignment: Assignment
  /** It answers for it; else it was asked to sign it alone. */
  answers: boolean
}

/** Who may read a consultation in the office; who may work on it. A department sees what is its own, and nothing else. */
export const readers: readonly Role[] = ['drafter', 'approver', 'auditor']
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

/**
 * The one guard of what departments do: whoever asks works in a department of the consultation, and what the address names is
 * that department's. All else is not there for them.
 */
export function ofOwnDepartments(scope: FastifyInstance, { db }: Dependencies): void {
  scope.decorateRequest('consultation')
  scope.decorateRequest('ownDepartments')
  scope.decorateRequest('own')
  scope.addHook<{ Params: { slug: string; department?: string; assignment?: string } }>(
    'preHandler',
    async (request) => {
      const { slug, department: asked, assignment: key } = request.params
      const consultation = await findConsultation(db, slug)
      if (!consultation) throw notFound()
      const member = memberWith(request, consultation.id, 'department')
      request.consultation = consultation
      request.ownDepartments = await ownDepartments(db, consultation.id, member.id)
      if (asked === undefined) return
      const department = request.ownDepartments.find(({ id }) => id === asked)
      const own = department && (await ownAssignment(db, consultation.id, department, key ?? ''))
      if (!own) throw notFound()
      request.own = own
    },
  )
}

async function ownAssignment(
  db: Database,
  consultationId: string,
  department: OwnDepartment,
  key: string,
): Promise<OwnAssignment | null> {
  const thing = assignedThing(key)
  if (!thing) return null
  const of = { consultationId, departmentId: department.id }
  const given = await findAssignment(db, of, thing)
  if (given) return { department, assignment: given, answers: true }
  const [signed] = thing.kind === 'concern' ? await concernsToSign(db, of, thing.target) : []
  return signed ? { department, assignment: signed, answers: false } : null
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
