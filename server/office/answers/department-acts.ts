import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  assignClauses,
  assignmentsOf,
  unassignClause,
} from '../../../db/queries/answers/clause-departments.ts'
import {
  departmentMembers,
  departmentsOf,
  joinDepartment,
  leaveDepartment,
  removeDepartment,
} from '../../../db/queries/answers/departments.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { isDay } from '../../rules/days.ts'
import { textProblem, typedText } from '../../rules/typed.ts'
import { answered, departmentsAddress, refusal } from './departments.ts'

interface OfDepartment {
  Params: { department: string }
}

/** POST /office/:slug/departments/:department/…: its removal, its clauses and its staff. */
export function departmentActs(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.post<OfDepartment>('/departments/:department/removal', async (request, reply) => {
    const { consultation } = request
    const id = await departmentAsked(deps, request)
    await removeDepartment(db, consultation.id, id, memberOf(request).id, now())
    return reply.redirect(departmentsAddress(consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/clauses', async (request, reply) => {
    const { consultation } = request
    const id = await departmentAsked(deps, request)
    const due = typedText(request.body, 'due_on')
    const keys = ticked(request.body)
    const clauses = (await orderedClauses(db, consultation.id)).filter(({ key }) => keys.includes(key))
    const problem = clauses.length === 0 ? '请勾选条款' : dueProblem(due)
    if (problem) return answered(deps, request, reply, problem, `clauses-${id}`)
    const given = clauses.map(({ key }) => key)
    await assignClauses(db, consultation.id, id, given, due || null, memberOf(request).id, now())
    return reply.redirect(departmentsAddress(consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/clauses/removal', async (request, reply) => {
    const { consultation } = request
    const id = await departmentAsked(deps, request)
    const clause = typedText(request.body, 'clause')
    const assignments = await assignmentsOf(db, consultation.id)
    if (!assignments.some((one) => one.departmentId === id && one.clause === clause)) throw notFound()
    await unassignClause(db, id, clause, memberOf(request).id, now())
    return reply.redirect(departmentsAddress(consultation), 303)
  })

  app.post<OfDepartment>('/departments/:department/staff', async (request, reply) => {
    const id = await departmentAsked(deps, request)
    const name = typedText(request.body, 'member')
    const problem =
      textProblem(name, { name: '工作人员姓名', required: true, most: 60 }) ??
      (await refusal(`没有名为“${name}”的工作人员`, () =>
        joinDepartment(db, id, name, memberOf(request).id, now()),
      ))
    return answered(deps, request, reply, problem, `member-${id}`)
  })

  app.post<OfDepartment>('/departments/:department/staff/removal', async (request, reply) => {
    const { consultation } = request
    const id = await departmentAsked(deps, request)
    const asked = typedText(request.body, 'member')
    const members = await departmentMembers(db, consultation.id)
    const member = members.find(({ departmentId, staffId }) => departmentId === id && staffId === asked)
    if (!member) throw notFound()
    await leaveDepartment(db, id, member.staffId, memberOf(request).id, now())
    return reply.redirect(departmentsAddress(consultation), 303)
  })
}

/** The id of the department that the address names. @throws PageError 404 */
async function departmentAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfDepartment>,
): Promise<string> {
  const department = (await departmentsOf(db, consultation.id)).find(({ id }) => id === params.department)
  if (!department) throw notFound()
  return department.id
}

/** What is wrong with the day until which something is given, which may be left open. */
export function dueProblem(due: string): string | null {
  return due === '' || isDay(due) ? null : '请按 2026-12-31 的样子填写期限'
}

function ticked(form: unknown): string[] {
  const value: unknown = Reflect.get(Object(form), 'clause')
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((key) => typeof key === 'string')
}
