import type { Database } from '../../../db/database.ts'
import { assignmentsOf } from '../../../db/queries/answers/clause-departments.ts'
import { ownDepartments } from '../../../db/queries/answers/department-members.ts'
import { openAnswers } from '../../../db/queries/answers/open-answers.ts'
import { givenOpen } from '../../../db/queries/answers/open-comments.ts'
import type { Progress } from '../../../db/queries/answers/progress.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Member } from '../../../db/queries/staff/staff.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { openIn, openOf } from '../answers/open-by-department.ts'
import { listAddress } from '../answers/responses-address.ts'

/** Something that waits for a person: `count` is how many the link leads to. */
export interface Waiting {
  name: string
  count: number
  unit: '份' | '条'
  href: string
}

/** What waits for a member of staff in a consultation: to be approved, to be put right, to be answered by their department. */
export async function waitingFor(
  db: Database,
  consultation: Consultation,
  member: Member,
  progress: Progress,
): Promise<Waiting[]> {
  const [answers, comments] = await Promise.all([
    answersWaiting(db, consultation, member),
    commentsWaiting(db, consultation, member, progress),
  ])
  return [...answers, ...comments].filter(({ count }) => count > 0)
}

async function answersWaiting(
  db: Database,
  consultation: Consultation,
  { id, grants }: Member,
): Promise<Waiting[]> {
  const may = (...roles: ('drafter' | 'approver')[]) => hasRole(grants, roles, consultation.id)
  if (!may('drafter', 'approver')) return []
  const open = await openAnswers(db, consultation.id)
  const toApprove = open.filter(({ state, staffId }) => state === 'submitted' && staffId !== id)
  const mine = open.filter(({ state, staffId }) => state === 'draft' && staffId === id)
  return [
    {
      name: '待我批准',
      count: may('approver') ? toApprove.reduce((sum, { count }) => sum + count, 0) : 0,
      unit: '份',
      href: listAddress(consultation, { state: 'submitted', approver: id }),
    },
    {
      name: '退回给我',
      count: mine.reduce((sum, { returned }) => sum + returned, 0),
      unit: '份',
      href: listAddress(consultation, { state: 'draft', drafter: id, returned: true }),
    },
  ]
}

async function commentsWaiting(
  db: Database,
  { id, slug }: Consultation,
  member: Member,
  progress: Progress,
): Promise<Waiting[]> {
  if (!hasRole(member.grants, ['department'], id)) return []
  const mine = await ownDepartments(db, id, member.id)
  if (mine.length === 0) return []
  const [assignments, given] = await Promise.all([assignmentsOf(db, id), givenOpen(db, id)])
  const open = { byClause: openIn(progress), given }
  return mine.map((department) => ({
    name: `待我答复（${department.name}）`,
    count: openOf(department.id, assignments, open),
    unit: '条',
    href: `/office/${slug}/assignments?department=${department.id}`,
  }))
}
