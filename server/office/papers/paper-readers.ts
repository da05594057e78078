import type { FastifyRequest } from 'fastify'
import type { Member } from '../../../db/queries/staff/staff.ts'
import { memberWith } from '../../plugins/roles.ts'
import type { PaperScope } from '../../rules/papers/scopes.ts'
import { hasRole, type Role } from '../../rules/staff/roles.ts'

/** Papers are for the office and the auditor; a department reads what it was given on pages of its own. */
const readers: Role[] = ['drafter', 'approver', 'auditor']
/** Who answers for a consultation decides for what purpose persons are named. */
const personalReaders: Role[] = ['approver']

/** Who asks, if they may have papers of this scope. @throws PageError 403 */
export function paperReader(request: FastifyRequest, scope: PaperScope): Member {
  const roles = scope === 'personal' ? personalReaders : readers
  return memberWith(request, request.consultation.id, ...roles)
}

/** Whether this member may have papers in which persons are named. */
export function mayNamePersons({ grants }: Member, consultationId: string): boolean {
  return hasRole(grants, personalReaders, consultationId)
}
