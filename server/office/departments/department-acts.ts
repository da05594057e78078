import type { FastifyInstance, FastifyRequest } from 'fastify'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import {
  assignClauses,
  assignmentsOf,
  unassignClause,
} from '../../../db/queries/departments/clause-departments.ts'
import {
  appointHead,
  departmentMembers,
  joinDepartment,
  leaveDepartment,
} from '../../../db/queries/departments/department-members.ts'
import { departmentsOf, openNames, removeDepartment } from '../../../db/queries/departments/departments.ts'
import { remindDepartment } from '../../../db/queries/departments/reminders.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { doneUnless, ifRefused } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { assignmentForm, dueDay, memberForm } from '../../rules/departments/department-forms.ts'
import { type FieldError, typedText, typedTick } from '../../rules/typed.ts'
import { notNow } from '../conflicts.ts'
import { departmentsAddress, departmentsPage } from './departments.ts'
import { openNow, openOf } from './open-by-department.ts'

interface OfDepartment {
  Params: { department: string }
}

/**
 * POST /office/:slug/departments/:department/…: its removal, its clauses, its staff and who leads them, whether they see
 * names, and that it was reminded.
 */
export function departmentActs(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post<OfDepartment>('/departments/:department/removal', async (request, reply) => {
    const { consultation } = request
    const { id } = await departmentAsked(deps, request)
    await removeDepartment(db, consultation.id, id, actOf(request, deps)).catch(
      ifRefused('stale', keptForGood),
    )
    return reply.redirect(departmentsAddress(consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/clauses', async (request, reply) => {
    const { consultation } = request
    const { id, departments } = await departmentAsked(deps, request)
    const clauses = await orderedClauses(db, consultation.id)
    const { typed, values, errors } = assignmentForm(clauses.map(({ key }) => key)).sent(request.body)
    if (!values) {
      const refused = { at: `clauses-${id}`, typed, errors }
      const page = await departmentsPage(deps, request, refused, { departments, clauses })
      return reply.code(422).page('office/departments/departments', page)
    }
    const { clause: chosen, ...due } = values
    const dueOn = dueDay(due, await calendarOverrides(db))
    const department = { consultationId: consultation.id, departmentId: id }
    await assignClauses(db, department, { clauses: chosen, dueOn }, actOf(request, deps))
    return reply.redirect(departmentsAddress(consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/clauses/removal', async (request, reply) => {
    const { consultation } = request
    const { id } = await departmentAsked(deps, request)
    const clause = typedText(request.body, 'clause')
    const assignments = await assignmentsOf(db, consultation.id)
    if (!assignments.some((one) => one.departmentId === id && one.clause === clause)) throw notFound()
    await unassignClause(db, id, clause, actOf(request, deps))
    return reply.redirect(departmentsAddress(consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/reminders', async (request, reply) => {
    const { consultation } = request
    const { id } = await departmentAsked(deps, request)
    const [assignments, open] = await Promise.all([
      assignmentsOf(db, consultation.id),
      openNow(db, consultation.id),
    ])
    const left = openOf(id, assignments, open)
    if (left === 0) throw notNow('这个单位没有要答复的意见，不用催办。')
    const department = { consultationId: consultation.id, departmentId: id }
    await remindDepartment(db, department, left, actOf(request, deps))
    return reply.redirect(departmentsAddress(consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/staff', async (request, reply) => {
    const { id, departments } = await departmentAsked(deps, request)
    const { typed, values, errors } = memberForm.sent(request.body)
    const isIn =
      values !== null &&
      (await doneUnless('gone', joinDepartment(db, id, values.member, actOf(request, deps))))
    if (isIn) return reply.redirect(departmentsAddress(request.consultation), 303)
    const wrong = values ? [unknownMember(values.member)] : errors
    const refused = { at: `member-${id}`, typed, errors: wrong }
    const page = await departmentsPage(deps, request, refused, { departments })
    return reply.code(422).page('office/departments/departments', page)
  })

  app.post<OfDepartment>('/departments/:department/staff/removal', async (request, reply) => {
    const { id, staffId } = await memberAsked(deps, request)
    await leaveDepartment(db, id, staffId, actOf(request, deps))
    return reply.redirect(departmentsAddress(request.consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/staff/head', async (request, reply) => {
    const { id, staffId } = await memberAsked(deps, request)
    const isHead = typedTick(request.body, 'head')
    await appointHead(db, id, { memberId: staffId, isHead }, actOf(request, deps))
    return reply.redirect(departmentsAddress(request.consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/names', async (request, reply) => {
    const { id } = await departmentAsked(deps, request)
    await openNames(db, id, typedTick(request.body, 'opens_names'), actOf(request, deps))
    return reply.redirect(departmentsAddress(request.consultation), 303)
  })
}

/** What it has confirmed or signed is kept, and so is whose it is. */
function keptForGood(): never {
  throw notNow(
    '这个单位确认过答复意见，或者会签过，这些要作为办理的记录保留，所以不能删除。不再由它办理的，请返回责任单位，在它名下“结束办理”，同时选定接着办理的单位。',
  )
}

/** The member of a department whom a form names. @throws PageError 404 */
async function memberAsked(deps: Dependencies, request: FastifyRequest<OfDepartment>) {
  const { id } = await departmentAsked(deps, request)
  const asked = typedText(request.body, 'member')
  const members = await departmentMembers(deps.db, request.consultation.id)
  const member = members.find(({ departmentId, staffId }) => departmentId === id && staffId === asked)
  if (!member) throw notFound()
  return { id, staffId: member.staffId }
}

function unknownMember(name: string): FieldError {
  return { field: 'member', message: `没有名为“${name}”的工作人员` }
}

/** The id of the department that the address names, and all that there are. @throws PageError 404 */
async function departmentAsked({ db }: Dependencies, { consultation, params }: FastifyRequest<OfDepartment>) {
  const departments = await departmentsOf(db, consultation.id)
  const id = departments.find((one) => one.id === params.department)?.id
  if (!id) throw notFound()
  return { id, departments }
}
