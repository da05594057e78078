import type { Database } from '../../../db/database.ts'
import { openAnswers } from '../../../db/queries/answers/open-answers.ts'
import type { Progress } from '../../../db/queries/answers/progress.ts'
import { countWaitingCorrections } from '../../../db/queries/answers/read-corrections.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { listedAssignments } from '../../../db/queries/departments/assignments.ts'
import { ownDepartments } from '../../../db/queries/departments/department-members.ts'
import type { Member } from '../../../db/queries/staff/staff.ts'
import { waitingWordings } from '../../../db/queries/wordings/revised-wordings.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { waitingState } from '../../rules/wordings/wording-states.ts'
import { listAddress } from '../answers/responses-address.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { openIn } from '../departments/open-by-department.ts'
import { wordingsAddress } from '../wordings/wordings-address.ts'

/** Something that waits for a person: `count` is how many the link leads to. */
export interface Waiting {
  name: string
  count: number
  unit: '份' | '条'
  href: string
}

/**
 * What waits for a member of staff in a consultation: to be approved, to be put right, to be answered by them or their
 * department.
 */
export async function waitingFor(
  db: Database,
  consultation: Consultation,
  member: Member,
  progress: Progress,
): Promise<Waiting[]> {
  const [answers, wordings, assignments] = await Promise.all([
    answersWaiting(db, consultation, member),
    wordingsWaiting(db, consultation, member),
    assignmentsWaiting(db, consultation, member),
  ])
  const comments = commentsWaiting(consultation, member, progress)
  return [...answers, ...wordings, ...comments, ...assignments].filter(({ count }) => count > 0)
}

async function answersWaiting(
  db: Database,
  consultation: Consultation,
  { id, grants }: Member,
): Promise<Waiting[]> {
  const may = (...roles: ('drafter' | 'approver')[]) => hasRole(grants, roles, consultation.id)
  if (!may('drafter', 'approver')) return []
  const [open, corrections] = await Promise.all([
    openAnswers(db, consultation.id),
    may('approver') ? countWaitingCorrections(db, consultation.id, id) : 0,
  ])
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
      name: '待我批准的更正',
      count: corrections,
      unit: '份',
      href: `/office/${consultation.slug}/response-corrections?${new URLSearchParams({ approver: id })}`,
    },
    {
      name: '退回给我',
      count: mine.reduce((sum, { returned }) => sum + returned, 0),
      unit: '份',
      href: listAddress(consultation, { state: 'draft', drafter: id, returned: true }),
    },
    {
      name: '我起草中的',
      count: mine.reduce((sum, { count }) => sum + count, 0),
      unit: '份',
      href: listAddress(consultation, { state: 'draft', drafter: id }),
    },
  ]
}

/** What was admitted and has no approved answer is everybody's who drafts; the counters know it. */
function commentsWaiting({ id, slug }: Consultation, { grants }: Member, progress: Progress): Waiting[] {
  if (!hasRole(grants, ['drafter'], id)) return []
  const count = [...openIn(progress).values()].reduce((sum, one) => sum + one, 0)
  return [{ name: '没有批准的答复', count, unit: '条', href: readingAddress(slug, { answered: 'open' }) }]
}

async function wordingsWaiting(
  db: Database,
  consultation: Consultation,
  { id, grants }: Member,
): Promise<Waiting[]> {
  const may = (...roles: ('drafter' | 'approver')[]) => hasRole(grants, roles, consultation.id)
  if (!may('drafter', 'approver')) return []
  const waiting = await waitingWordings(db, consultation.id)
  const isProposed = (one: (typeof waiting)[number]) => waitingState(one) === 'proposed'
  return [
    {
      name: '待我批准（修改稿）',
      count: may('approver') ? waiting.filter((one) => isProposed(one) && one.staffId !== id).length : 0,
      unit: '条',
      href: wordingsAddress(consultation, { state: 'proposed', approver: id }),
    },
    {
      name: '退回给我（修改稿）',
      count: waiting.filter((one) => !isProposed(one) && one.staffId === id).length,
      unit: '条',
      href: wordingsAddress(consultation, { state: 'returned', proposer: id }),
    },
  ]
}

/** So many are counted; of more it is said that there are at least so many. */
const mostCounted = 500

async function assignmentsWaiting(
  db: Database,
  { id: consultationId, slug }: Consultation,
  member: Member,
): Promise<Waiting[]> {
  if (!hasRole(member.grants, ['department'], consultationId)) return []
  const mine = await ownDepartments(db, consultationId, member.id)
  return Promise.all(
    mine.map(async ({ id: departmentId, name }) => {
      const of = { consultationId, departmentId }
      const found = await listedAssignments(db, of, 'open', { after: null, limit: mostCounted + 1 })
      return {
        name: `待我答复（${name}）${found.length > mostCounted ? '至少' : ''}`,
        count: Math.min(found.length, mostCounted),
        unit: '条' as const,
        href: `/office/${slug}/assignments?department=${departmentId}`,
      }
    }),
  )
}
